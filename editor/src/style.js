// How the editor looks. Every colour has a contrast of at least 4.5 : 1 on the ground it stands on.
import { EditorView } from "@codemirror/view";
import { HighlightStyle } from "@codemirror/language";
import { tags } from "@lezer/highlight";

export const highlighting = HighlightStyle.define([
  { tag: tags.keyword, color: "#7a1f5c", fontWeight: "600" },
  { tag: tags.variableName, color: "#0b5c6b" },
  { tag: tags.string, color: "#8a3b00" },
  { tag: [tags.integer, tags.float, tags.bool], color: "#3d4db7" },
  { tag: [tags.namespace, tags.typeName], color: "#1b4f9c" },
  { tag: tags.url, color: "#4a5568" },
  { tag: tags.annotation, color: "#6b4e00" },
  { tag: tags.comment, color: "#5b6168", fontStyle: "italic" },
]);

export const theme = EditorView.theme({
  "&": { backgroundColor: "#fff", border: "2px solid #4c6272", borderRadius: "4px", fontSize: "0.9375rem" },
  "&.cm-focused": { outline: "4px solid #ffeb3b", outlineOffset: "0", borderColor: "#212b32" },
  ".cm-scroller": { fontFamily: "ui-monospace, SFMono-Regular, Menlo, Consolas, monospace", lineHeight: "1.5", maxHeight: "60vh" },
  ".cm-content, .cm-gutter": { minHeight: "9rem" },
  ".cm-content": { padding: "0.5rem 0", caretColor: "#212b32" },
  ".cm-gutters": { backgroundColor: "#f4f3ec", color: "#5b6168", borderRight: "1px solid #d8dde0" },
  ".cm-activeLine": { backgroundColor: "#f4f7f755" },
  ".cm-matchingBracket": { backgroundColor: "#d5ece6", outline: "1px solid #4c8a7a" },
  // In place of the pictures of @codemirror/lint, which are data: addresses that the pages do not allow.
  ".cm-lintRange-error": {
    backgroundImage: "none",
    backgroundColor: "#ffd9d4",
    textDecoration: "underline wavy #d5281b 1.5px",
    textUnderlineOffset: "3px",
  },
  ".cm-lint-marker-error": {
    content: "normal",
    width: "0.75em",
    height: "0.75em",
    margin: "0.375em auto 0",
    borderRadius: "50%",
    backgroundColor: "#d5281b",
  },
  ".cm-diagnostic-error": { borderLeft: "5px solid #d5281b" },
  ".cm-tooltip": { border: "1px solid #4c6272", borderRadius: "4px", backgroundColor: "#fff", maxWidth: "min(40rem, 92vw)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": {
    fontFamily: "ui-monospace, SFMono-Regular, Menlo, Consolas, monospace",
    fontSize: "0.875rem",
    maxHeight: "16rem",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { margin: "0", padding: "0.3125rem 0.5rem", fontSize: "inherit", lineHeight: "1.35" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": { backgroundColor: "#123f4a", color: "#fff" },
  ".cm-completionDetail": { marginLeft: "0.75rem", fontStyle: "normal", fontFamily: "arial, sans-serif", opacity: "0.85" },
});
