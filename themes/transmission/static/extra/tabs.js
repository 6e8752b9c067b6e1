// Tabs of one name switch together, on this page and the next ones; the tab that an address or a search leads to opens.
// Without this script tabs work one by one.
(() => {
  const KEY = "tabs";
  const KEPT = 50; // names
  const inputs = [...document.querySelectorAll(".tab-title > input")];
  const bodyOf = (input) => input.parentElement.nextElementSibling;
  let names = [];
  try {
    names = JSON.parse(localStorage.getItem(KEY)) ?? [];
  } catch {
    // Private windows may refuse storage: then nothing is remembered.
  }

  // What is hidden so can be found by the browser's search, which opens it.
  function show() {
    for (const input of inputs) {
      if (input.checked) bodyOf(input).removeAttribute("hidden");
      else bodyOf(input).setAttribute("hidden", "until-found");
    }
    dispatchEvent(new Event("resize")); // for who asks how wide boxes are
  }

  function open(place) {
    for (let tab = place?.closest(".tab"); tab; tab = tab.parentElement.closest(".tab")) tab.querySelector("input").checked = true;
  }

  function follow() {
    const place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!place?.closest(".tab")) return;
    open(place);
    show();
    place.scrollIntoView();
  }

  // Of each set opens the tab that holds the words for which a search led here, unless the one that is open does.
  function seek() {
    let words = [];
    try {
      const hit = new DOMParser().parseFromString(sessionStorage.getItem("sought"), "text/html").querySelector("a");
      sessionStorage.removeItem("sought");
      if (hit?.pathname === location.pathname) words = [...hit.querySelectorAll("mark")].map((mark) => mark.textContent.toLowerCase());
    } catch {
      // As below.
    }
    const holds = (input) => words.some((word) => bodyOf(input).textContent.toLowerCase().includes(word));
    for (const set of new Set(inputs.map((input) => input.name))) {
      const tabs = inputs.filter((input) => input.name === set);
      const tab = tabs.find((input) => input.checked && holds(input)) ?? tabs.find(holds);
      if (tab) tab.checked = true;
    }
    if (words.length) show();
  }

  // Opens the first tab of this name in each set but one, as a set may have several.
  function choose(name, except) {
    const done = new Set([except]);
    for (const input of inputs) {
      if (input.value !== name || done.has(input.name)) continue;
      done.add(input.name);
      input.checked = true;
    }
  }

  for (const input of inputs) {
    input.addEventListener("change", () => {
      const before = input.parentElement.getBoundingClientRect().top;
      names = [input.value, ...names.filter((name) => name !== input.value)].slice(0, KEPT);
      choose(input.value, input.name);
      show();
      scrollBy(0, input.parentElement.getBoundingClientRect().top - before);
      try {
        localStorage.setItem(KEY, JSON.stringify(names));
      } catch {
        // As above.
      }
    });
    bodyOf(input).addEventListener("beforematch", () => {
      open(input);
      show();
    });
  }

  // Of each set the tab whose name was chosen last.
  for (const name of [...names].reverse()) choose(name);
  show();
  seek();
  follow();
  addEventListener("sought", seek);
  addEventListener("hashchange", follow);
})();
