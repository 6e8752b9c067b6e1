// Keys: t switches light and dark; j and k go to the next and the previous entry of a list.
addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
  if (event.target.closest?.("input, textarea, select, [contenteditable]")) return;
  if (event.key === "t") switchScheme();
  if (event.key !== "j" && event.key !== "k") return;
  const entries = [...document.querySelectorAll(".entry-title a, .note-rows .p-name, .group h2 a")];
  const at = entries.indexOf(document.activeElement);
  const next = entries[at < 0 ? 0 : at + (event.key === "j" ? 1 : -1)];
  next?.focus();
  next?.scrollIntoView({ block: "center" });
});
