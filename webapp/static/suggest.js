// Suggestions under the search box: the editable combobox with list autocomplete of the WAI-ARIA Authoring
// Practices (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/). Without this script the box is a plain form.
"use strict";

const PAUSE = 120; // ms without a key before the server is asked
const MOST_KEPT = 100;
const kept = new Map(); // what was typed -> its options

async function optionsFor(typed, signal) {
  if (kept.has(typed)) return kept.get(typed);
  const answer = await fetch(`/suggest?${new URLSearchParams({ q: typed })}`, { signal });
  if (!answer.ok) return [];
  const { questions, concepts } = await answer.json();
  const options = [
    ...questions.map((text) => ({ text, href: null })),
    ...concepts.map(({ label, href }) => ({ text: label, href })),
  ];
  if (kept.size >= MOST_KEPT) kept.clear();
  kept.set(typed, options);
  return options;
}

function element(name, attributes, text = "") {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.textContent = text;
  return made;
}

function combobox(input) {
  const list = element("ul", { role: "listbox", id: `${input.id}-list`, "aria-label": "Suggestions", class: "suggest" });
  const status = element("span", { role: "status", class: "nhsuk-u-visually-hidden" });
  let options = []; // of the open list
  let active = -1; // the place of the option that Enter takes, or -1 for the box itself
  let timer = 0;
  let asking = new AbortController();

  function close() {
    clearTimeout(timer);
    asking.abort();
    point(-1);
    options = [];
    list.hidden = true;
    list.replaceChildren();
    status.textContent = "";
    input.setAttribute("aria-expanded", "false");
  }

  function point(place) {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = place;
    const option = list.children[active];
    if (!option) return input.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", option.id);
  }

  function show(found) {
    if (!found.length || document.activeElement !== input) return close();
    point(-1);
    options = found;
    list.replaceChildren(...found.map(({ text, href }, place) => {
      const option = element("li", { role: "option", id: `${list.id}-${place}`, "aria-selected": "false", class: "suggest__option" });
      option.append(element("span", {}, text));
      if (href) option.append(element("span", { class: "suggest__kind" }, "concept"));
      option.addEventListener("click", () => take(place));
      return option;
    }));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    status.textContent = found.length === 1 ? "1 suggestion" : `${found.length} suggestions`;
  }

  function take(place) {
    const { text, href } = options[place];
    close();
    if (href) return location.assign(href);
    input.value = text;
    input.form.requestSubmit();
  }

  async function ask() {
    const typed = input.value.trim().replace(/\s+/g, " ");
    asking.abort();
    if (!typed) return close();
    asking = new AbortController();
    const { signal } = asking;
    try {
      const found = await optionsFor(typed, signal);
      if (!signal.aborted) show(found);
    } catch {
      if (!signal.aborted) close(); // suggestions are a help; asking works without them
    }
  }

  function moved(key) {
    const last = options.length - 1;
    if (key === "ArrowDown") return active === last ? -1 : active + 1;
    return active === -1 ? last : active - 1;
  }

  function pressed(event) {
    if (event.isComposing) return;
    const open = !list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (event.altKey && event.key === "ArrowUp") close();
      else if (open && !event.altKey) point(moved(event.key));
      else if (!open) ask();
    } else if (event.key === "Enter") {
      if (active >= 0) {
        event.preventDefault();
        take(active);
      } else close();
    } else if (event.key === "Escape") {
      if (open) close();
      else input.value = "";
      event.preventDefault();
    } else if (["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) point(-1);
  }

  // A search field has an Escape and a role of its own; a combobox is a text field (ARIA in HTML).
  input.type = "text";
  input.setAttribute("enterkeyhint", "search");
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", list.id);
  list.hidden = true;
  input.parentElement.append(list, status);

  input.addEventListener("input", (event) => {
    if (event.isComposing) return;
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  input.addEventListener("compositionend", () => { timer = setTimeout(ask, PAUSE); });
  input.addEventListener("keydown", pressed);
  input.addEventListener("blur", close);
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus
  addEventListener("pageshow", close);
}

document.querySelectorAll(".ask__input").forEach(combobox);
