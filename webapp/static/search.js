// The search of a site of files: over the list `searchEntries`, which a script beside this one brings, so that it works
// from a disk too. An entry has its kind, the words of its link, what it says, further words, and its place.
"use strict";

const MOST_FOUND = 30;
const COMMON = new Set("a an and are as at be been by can did do does for from had has have how in is it its of on or should that the their them there they this to was were what when where which who whom whose why will with".split(" "));

// Letters without accents, words without the endings that English puts to them.
function wordsOf(text) {
  const letters = text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  return (letters.match(/[\p{L}\p{N}]+/gu) || []).map((word) => word.replace(/(?<=...)(ing|ed|es|s)$/, ""));
}

const listed = searchEntries.map(([kind, title, told, more, place]) => ({
  kind, title, told, place, titleWords: wordsOf(title), words: wordsOf(`${told} ${more}`),
}));

function worth(entry, asked) {
  let sum = 0;
  for (const word of asked) {
    if (entry.titleWords.includes(word)) sum += 4;
    else if (entry.titleWords.some((each) => each.startsWith(word))) sum += 2;
    else if (entry.words.includes(word)) sum += 2;
    else if (entry.words.some((each) => each.startsWith(word))) sum += 1;
    else sum -= 2;
  }
  return sum;
}

function found(query) {
  const all = wordsOf(query);
  const telling = all.filter((word) => !COMMON.has(word));
  const asked = telling.length ? telling : all;
  return listed
    .map((entry) => ({ entry, sum: worth(entry, asked) }))
    .filter(({ sum }) => sum > 0)
    .sort((a, b) => b.sum - a.sum)
    .slice(0, MOST_FOUND)
    .map(({ entry }) => entry);
}

function element(name, className, text) {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

function shown({ kind, title, told, place }) {
  const item = element("li", "entry", "");
  const head = element("p", "entry__title", "");
  const link = element("a", "", title);
  link.href = place;
  head.append(link, " ", element("span", "entry__topic", kind));
  item.append(head);
  if (told) item.append(element("p", "entry__text", told));
  return item;
}

const box = document.querySelector("#maincontent input[name=q]");
const list = document.getElementById("search-results");
const count = document.getElementById("search-found");

function search() {
  const query = box.value.trim();
  const entries = query ? found(query) : [];
  list.replaceChildren(...entries.map(shown));
  if (!query) count.textContent = "";
  else if (!entries.length) count.textContent = "Nothing has these words. Try fewer or other ones.";
  else count.textContent = entries.length === 1 ? "1 found" : `${entries.length} found`;
}

box.value = new URLSearchParams(location.search).get("q") || "";
box.addEventListener("input", search);
box.form.addEventListener("submit", (event) => { event.preventDefault(); search(); });
search();
