// Pictures open in full: a button around each picture of a note that is no link, and one dialog.
import { content, words } from "./page.js";

const album = document.createElement("dialog");
album.className = "album";
const closer = document.createElement("button");
closer.type = "button";
closer.textContent = "×";
closer.setAttribute("aria-label", words.close);
const full = new Image();
album.append(full, closer);
album.addEventListener("click", () => album.close());
document.body.append(album);

for (const picture of content?.querySelectorAll("img") ?? []) {
  if (picture.closest("a, button, summary") || (picture.width && picture.width < 96)) continue;
  const button = document.createElement("button");
  button.type = "button";
  button.className = `zoom ${/\bonly-\w+/.exec(picture.className) ?? ""}`;
  button.setAttribute("aria-label", [words.zoom, picture.alt].filter(Boolean).join(": "));
  const width = picture.style.width || picture.getAttribute("width");
  if (/%$/.test(width)) button.style.width = width;
  picture.replaceWith(button);
  button.append(picture);
  button.addEventListener("click", () => {
    full.src = picture.dataset.full ?? picture.currentSrc;
    full.alt = picture.alt;
    album.setAttribute("aria-label", picture.alt || words.zoom);
    album.showModal();
  });
}
