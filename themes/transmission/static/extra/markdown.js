// "Copy as Markdown" below a note: the file beside the page, fetched from this site when a reader asks for it.
(() => {
  "use strict";
  const link = document.querySelector('a[type="text/markdown"]');
  if (!navigator.clipboard) return;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = link.dataset.copy;
  button.setAttribute("aria-live", "polite");
  link.parentElement.append(" ", button);
  button.addEventListener("click", async () => {
    try {
      const answer = await fetch(link.href);
      if (!answer.ok) throw new Error(answer.statusText);
      await navigator.clipboard.writeText(await answer.text());
      button.textContent = link.dataset.copied;
      setTimeout(() => { button.textContent = link.dataset.copy; }, 2000);
    } catch {
      location.href = link.href; // the file itself, to be copied by hand
    }
  });
})();
