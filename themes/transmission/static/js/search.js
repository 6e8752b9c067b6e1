// Search: the button and / open it. What it needs is loaded then, and not before.
const finder = document.querySelector("dialog.search");
const finderButton = document.querySelector(".search-open");

async function find() {
  if (finder.open) return;
  finderButton.disabled = true;
  try {
    const { open } = await import(finder.dataset.script);
    await open(finder);
  } catch {
    announce(finder.dataset.failed);
  }
  finderButton.disabled = false;
}

if (finder) {
  finderButton.hidden = false;
  finderButton.addEventListener("click", find);
  addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.defaultPrevented || event.target.closest?.("input, textarea, select, [contenteditable], dialog")) return;
    event.preventDefault();
    find();
  });
}
