// Small helps on top of pages that work without them: copy buttons, today's date, and Ctrl+Enter in the query editor.
"use strict";

// The day on which a reader reads the source, which a page that is kept cannot have.
for (const day of document.querySelectorAll("[data-today]")) {
  day.textContent = new Date().toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
}

for (const box of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) break;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = "Copy";
  const said = document.createElement("span");
  said.className = "nhsuk-u-visually-hidden";
  said.setAttribute("role", "status");
  const text = box.textContent.trim();
  const words = box.dataset.copy === "lines" ? `${text}\n` : text.replace(/\s+/g, " ");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(words);
      button.textContent = said.textContent = "Copied";
    } catch {
      button.textContent = said.textContent = "Could not copy";
    }
  });
  box.append(button, said);
}

const editor = document.querySelector(".editor__text");
if (editor) {
  editor.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) editor.form.requestSubmit();
  });
}
