// What a symbol in a formula means, beside it: by pointer, touch or keyboard. Pages without a notation do not load this.
(() => {
  const symbols = [...document.querySelectorAll(".e-content [data-meaning]")];
  const words = document.createElement("div");
  words.className = "preview";
  words.id = "Meaning";
  words.hidden = true;
  words.setAttribute("role", "tooltip");
  document.querySelector("main").append(words);

  function show(symbol) {
    words.textContent = symbol.dataset.meaning;
    words.hidden = false;
    const at = symbol.getBoundingClientRect();
    const room = document.documentElement.clientWidth - words.offsetWidth - 16;
    words.style.left = `${scrollX + Math.max(16, Math.min(at.left - 16, room))}px`;
    words.style.top = `${scrollY + (innerHeight - at.bottom > words.offsetHeight + 16 ? at.bottom + 6 : at.top - words.offsetHeight - 6)}px`;
  }

  function hide() {
    words.hidden = true;
  }

  const first = new Set();
  for (const symbol of symbols) {
    symbol.setAttribute("aria-describedby", words.id);
    if (!first.has(symbol.dataset.meaning)) symbol.tabIndex = 0;
    first.add(symbol.dataset.meaning);
  }
  for (const event of ["pointerover", "focusin", "click"]) {
    document.addEventListener(event, ({ target }) => {
      const symbol = target.closest?.(".e-content [data-meaning]");
      if (symbol) show(symbol);
      else if (target !== words) hide();
    });
  }
  document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
})();
