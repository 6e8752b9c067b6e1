// Each diagram can be opened in full, and its source copied. Without this script it is the same picture, with its words.
(() => {
  const words = document.querySelector("script[data-zoom]")?.dataset ?? {};
  const boxes = [...document.querySelectorAll(".diagram-scroll")].filter((box) => box.querySelector(".drawing"));
  const album = document.createElement("dialog");
  album.className = "album";
  const sheet = document.createElement("div");
  sheet.className = "album-drawing";
  sheet.tabIndex = 0;
  album.append(sheet, button("×", words.close, () => album.close()));
  document.body.append(album);

  function button(text, label, work) {
    const control = document.createElement("button");
    control.type = "button";
    control.lang = words.lang ?? "";
    control.textContent = text;
    if (label) control.setAttribute("aria-label", label);
    control.addEventListener("click", work);
    return control;
  }

  async function copy(control, text) {
    try {
      await navigator.clipboard.writeText(text);
      control.textContent = words.copied;
      setTimeout(() => (control.textContent = words.copy), 1600);
    } catch {
      // The clipboard needs https; where it is missing nothing is said to have been copied.
    }
  }

  function open(drawing) {
    const name = drawing.getAttribute("aria-label");
    const full = drawing.cloneNode(true);
    full.removeAttribute("style");
    sheet.replaceChildren(full);
    album.setAttribute("aria-label", name || words.zoom);
    album.showModal();
  }

  for (const box of boxes) {
    const tools = document.createElement("div");
    tools.className = "diagram-tools";
    tools.append(button("⤢", words.zoom, () => open(box.querySelector(".drawing"))));
    const source = box.nextElementSibling;
    if (source?.matches(".diagram-source")) {
      const copier = button(words.copy, "", () => copy(copier, source.querySelector("code").textContent));
      tools.append(copier);
      source.hidden = true; // the button is in its place
    }
    box.after(tools);
  }
})();
