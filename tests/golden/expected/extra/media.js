// Films of other sites: their player is asked for when a reader clicks the card. Without this script it is a link.
for (const card of document.querySelectorAll(".e-content a[data-embed]")) {
  card.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const frame = document.createElement("iframe");
    frame.className = "player";
    frame.title = card.textContent;
    frame.allow = "fullscreen; picture-in-picture; encrypted-media";
    frame.allowFullscreen = true;
    frame.referrerPolicy = "strict-origin-when-cross-origin";
    const { width, height } = card.dataset;
    if (height) frame.style = width ? `aspect-ratio: ${width} / ${height}` : `aspect-ratio: auto; height: ${height}px`;
    frame.src = card.dataset.embed || card.href;
    card.replaceWith(frame);
    frame.focus();
  });
}
