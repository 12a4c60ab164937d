// An answer: a mark shows the words that it stands for, and the page is printed with its picture.
"use strict";

const pane = document.querySelector(".evidence__words");
let shown = null; // the words that are shown beside a mark, where those of the page are out of sight

function wordsOf(mark) {
  return document.getElementById(mark.dataset.words)?.closest(".said-words");
}

function hide() {
  for (const each of document.querySelectorAll(".said-words--pointed")) each.classList.remove("said-words--pointed");
  shown?.remove();
  shown = null;
}

function show(mark) {
  hide();
  const words = wordsOf(mark);
  if (!words) return;
  words.closest("details")?.setAttribute("open", "");
  words.classList.add("said-words--pointed");
  const box = words.getBoundingClientRect();
  const frame = pane.getBoundingClientRect();
  if (box.top < frame.top || box.bottom > frame.bottom) pane.scrollTop += box.top - frame.top;
  const now = words.getBoundingClientRect();
  if (now.top >= 0 && now.bottom <= innerHeight) return;
  shown = document.createElement("span");
  shown.className = "mark-words";
  shown.setAttribute("role", "status");
  shown.textContent = `${words.querySelector("blockquote").textContent.trim()} `;
  const place = words.querySelector(".said-words__place a").cloneNode(true);
  shown.append(place);
  mark.after(shown);
  const over = shown.getBoundingClientRect().right - document.documentElement.clientWidth + 8;
  if (over > 0) shown.style.marginLeft = `${-over}px`;
}

for (const mark of document.querySelectorAll(".mark")) {
  mark.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && show(mark));
  mark.addEventListener("focus", () => show(mark));
  // The first tap shows the words; a second one, or their own link, leads to their place.
  let tapped = false;
  mark.addEventListener("pointerdown", (event) => (tapped = event.pointerType !== "mouse" && shown?.previousElementSibling !== mark));
  mark.addEventListener("click", (event) => {
    if (!tapped) return;
    event.preventDefault();
    show(mark);
  });
}
document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
document.addEventListener("pointerover", (event) => {
  if (event.pointerType === "mouse" && !event.target.closest(".mark, .mark-words")) hide();
});
document.addEventListener("pointerdown", (event) => event.target.closest(".mark, .mark-words") || hide());

// Paper has all claims, also those that are folded.
let folded = [];
addEventListener("beforeprint", () => {
  folded = [...document.querySelectorAll(".points__more:not([open])")];
  for (const each of folded) each.open = true;
});
addEventListener("afterprint", () => {
  for (const each of folded) each.open = false;
});

const print = document.querySelector("[data-print]");
if (print) {
  print.hidden = false;
  print.addEventListener("click", async () => {
    const box = document.querySelector("[data-picture]");
    const picture = box?.querySelector("img");
    const opened = box?.open;
    if (picture) {
      box.open = true;
      picture.loading = "eager";
      await picture.decode().catch(() => {}); // without the picture the handout is still one
    }
    window.print();
    if (box) box.open = opened;
  });
}
