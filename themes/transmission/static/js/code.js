// A copy button on each code block: without line numbers, prompts and output of console sessions.
import { copy, words } from "./page.js";

for (const block of document.querySelectorAll(".highlight")) {
  const code = block.querySelector("pre");
  if (!code) continue;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.lang = words.lang;
  button.textContent = words.copy;
  button.addEventListener("click", async () => {
    const plain = code.cloneNode(true);
    for (const extra of plain.querySelectorAll(".prompt, .sign, .gp, .go, .code-note")) extra.remove();
    if (!(await copy(`${plain.textContent.trimEnd()}\n`, words.copied))) return;
    button.textContent = words.copied;
    setTimeout(() => (button.textContent = words.copy), 1600);
  });
  let head = block.querySelector(".code-head");
  if (!head) {
    head = document.createElement("div");
    head.className = "code-head";
    block.prepend(head);
  }
  head.append(button);
}
