// Footnotes stand beside their marks where the margin is wide enough; elsewhere they stay at the end of the note.
import { content } from "./page.js";

const notes = [...(content?.querySelectorAll(".footnotes li[id]") ?? [])];
if (notes.length) {
  const wide = matchMedia("(min-width: 1300px)"); // the contents list takes the other margin from 1200
  const place = () => {
    content.classList.toggle("sidenotes", wide.matches);
    const top = content.getBoundingClientRect().top;
    let free = 0;
    for (const note of notes) {
      note.style.top = "";
      if (!wide.matches) continue;
      const mark = content.querySelector(`.footnote-ref a[href="#${CSS.escape(note.id)}"]`);
      const at = mark ? mark.getBoundingClientRect().top - top - 4 : free;
      note.style.top = `${Math.max(at, free)}px`;
      free = Math.max(at, free) + note.offsetHeight + 12;
    }
  };
  new ResizeObserver(place).observe(content);
  wide.addEventListener("change", place);
}
