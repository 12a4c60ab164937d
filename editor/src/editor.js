// Turns the text area of the query form into an editor. Without this script the text area does the same work.
import { EditorState } from "@codemirror/state";
import { EditorView, drawSelection, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { bracketMatching, syntaxHighlighting } from "@codemirror/language";
import { lintGutter, setDiagnostics } from "@codemirror/lint";
import { sparql } from "codemirror-lang-sparql";
import { completions } from "./completions.js";
import { highlighting, theme } from "./style.js";

/** The longest query that is sent as part of an address; a longer one is sent in the body of the request. */
const LONGEST_LINK = 6000;

const nonce = document.currentScript?.nonce ?? "";

/**
 * Type over a selection ourselves. A browser that does it keeps the look of what was there in a style attribute, which the
 * pages do not allow, and complains of it on the console.
 */
const typeOver = EditorView.domEventHandlers({
  beforeinput(event, view) {
    if (!event.cancelable || event.inputType !== "insertText" || event.data === null) return false;
    // The document's own selection, since the editor may not have heard of a new one yet.
    const chosen = document.getSelection();
    if (!chosen || chosen.isCollapsed || !view.contentDOM.contains(chosen.anchorNode)) return false;
    event.preventDefault();
    const ends = [
      view.posAtDOM(chosen.anchorNode, chosen.anchorOffset),
      view.posAtDOM(chosen.focusNode, chosen.focusOffset),
    ];
    const from = Math.min(...ends);
    const to = Math.max(...ends);
    const text = event.data;
    const insert = () =>
      view.state.update({
        changes: { from, to, insert: text },
        selection: { anchor: from + text.length },
        userEvent: "input.type",
        scrollIntoView: true,
      });
    const handlers = view.state.facet(EditorView.inputHandler);
    if (!handlers.some((handle) => handle(view, from, to, text, insert))) view.dispatch(insert());
    return true;
  },
});

/** Show an editor in place of the text area, which stays in the form and carries the query to the server. */
function open(form) {
  const area = form.querySelector("textarea");
  const label = form.querySelector("label");
  const run = () => {
    form.requestSubmit(form.querySelector("[data-run]"));
    return true;
  };
  const view = new EditorView({
    doc: area.value,
    extensions: [
      // Tab is left alone: it leads out of the editor.
      keymap.of([
        { key: "Mod-Enter", run },
        { key: "Ctrl-Enter", run },
        ...closeBracketsKeymap,
        ...completionKeymap,
        ...historyKeymap,
        ...defaultKeymap,
      ]),
      typeOver,
      history(),
      lineNumbers(),
      lintGutter(),
      drawSelection(),
      highlightActiveLine(),
      bracketMatching(),
      closeBrackets(),
      autocompletion({ override: [completions(form.dataset.terms)], activateOnTyping: true, icons: false }),
      EditorView.lineWrapping,
      EditorState.tabSize.of(2),
      EditorView.cspNonce.of(nonce),
      EditorView.contentAttributes.of({
        "aria-labelledby": label.id,
        "aria-describedby": "editor-keys",
        autocapitalize: "off",
        spellcheck: "false",
      }),
      sparql(),
      syntaxHighlighting(highlighting),
      theme,
    ],
  });
  area.before(view.dom);
  area.hidden = true;
  area.required = false;
  label.removeAttribute("for");
  label.addEventListener("click", () => view.focus());
  form.querySelector("#editor-keys").hidden = false;
  form.addEventListener("submit", (event) => {
    area.value = view.state.doc.toString();
    if (!area.value.trim()) {
      event.preventDefault();
      view.focus();
    }
    form.method = area.value.length > LONGEST_LINK ? "post" : "get";
  });
  // "Back" may bring the page with another query in the text area than the one it was sent with.
  window.addEventListener("pageshow", () => {
    if (area.value !== view.state.doc.toString()) {
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: area.value } });
    }
  });
  mark(view, form.dataset);
}

/** Mark the place that the server found fault with: line and column are counted from 1, in characters. */
function mark(view, { line, column, length, message }) {
  if (!line) return;
  const at = view.state.doc.line(Math.min(Math.max(Number(line), 1), view.state.doc.lines));
  const before = [...at.text].slice(0, Number(column) - 1).join("").length;
  const from = Math.min(at.from + before, at.to);
  const to = from + [...view.state.doc.sliceString(from, at.to)].slice(0, Number(length)).join("").length;
  const start = to > from ? from : Math.max(from - 1, at.from);
  view.dispatch(setDiagnostics(view.state, [{ from: start, to, severity: "error", message }]));
  view.dispatch({ selection: { anchor: from }, scrollIntoView: true });
}

for (const form of document.querySelectorAll("form[data-terms]")) open(form);
