// Copy buttons of the pages about queries; without this script the buttons stay hidden.
"use strict";

if (navigator.clipboard) {
  const said = document.createElement("span");
  said.className = "nhsuk-u-visually-hidden";
  said.setAttribute("role", "status");
  document.body.append(said);

  const copy = async (words, show) => {
    let told = "Copied";
    try {
      await navigator.clipboard.writeText(words);
    } catch {
      told = "Could not copy";
    }
    show(told);
    said.textContent = told;
  };

  for (const button of document.querySelectorAll("[data-copy-from]")) {
    button.hidden = false;
    const text = document.getElementById(button.dataset.copyFrom).textContent;
    button.addEventListener("click", () => copy(text, (told) => (button.textContent = told)));
  }

  for (const link of document.querySelectorAll("[data-permalink]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy";
    button.setAttribute("aria-label", "Copy the link to this query");
    button.addEventListener("click", () =>
      copy(link.href, (told) => {
        button.textContent = told;
        button.setAttribute("aria-label", `${told}: the link to this query`);
      }),
    );
    link.after(" ", button);
  }
}
