// Small helps on top of pages that work without them: copy buttons, today's date, and Ctrl+Enter in the query editor.
"use strict";

// The day on which a reader reads the source, which a page that is kept cannot have.
for (const day of document.querySelectorAll("[data-today]")) {
  day.textContent = new Date().toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
}

// Lets a button copy words, and tell that it did, also to those who do not see it.
function copies(button, words) {  // words: what is copied, or what gives it
  const said = document.createElement("span");
  said.className = "nhsuk-u-visually-hidden";
  said.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    button.style.minWidth = `${button.offsetWidth}px`; // so that the buttons beside it stay where they are
    try {
      await navigator.clipboard.writeText(typeof words === "string" ? words : words());
      button.textContent = said.textContent = "Copied";
    } catch {
      button.textContent = said.textContent = "Could not copy";
    }
  });
  button.after(said);
}

if (navigator.clipboard) {
  for (const box of document.querySelectorAll("[data-copy]")) {
    const text = box.textContent.trim();
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy";
    box.append(button);
    copies(button, box.dataset.copy === "lines" ? `${text}\n` : text.replace(/\s+/g, " "));
  }
  for (const button of document.querySelectorAll("[data-copy-text]")) {
    button.hidden = false;
    copies(button, button.dataset.copyText);
  }
  for (const button of document.querySelectorAll("[data-copy-of]")) {
    const paragraphs = document.getElementById(button.dataset.copyOf).querySelectorAll("p, pre");
    button.hidden = false;
    copies(button, () => [...paragraphs].map((each) => each.textContent.trim()).join("\n\n"));
  }
}

// What is chosen with a pointer shows at once; with keys every choice on the way would load a page.
for (const form of document.querySelectorAll("[data-choose]")) {
  let isPointed = false;
  form.addEventListener("pointerdown", () => { isPointed = true; });
  form.addEventListener("keydown", () => { isPointed = false; });
  form.addEventListener("change", () => { if (isPointed) form.requestSubmit(); });
}

const editor = document.querySelector(".editor__text");
if (editor) {
  editor.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) editor.form.requestSubmit();
  });
}
