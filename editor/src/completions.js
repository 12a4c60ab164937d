// What the editor offers: prefixes, classes, properties, concepts and topics of the data, keywords, variables.

const KEYWORDS =
  "SELECT DISTINCT REDUCED WHERE CONSTRUCT DESCRIBE ASK FROM PREFIX BASE OPTIONAL FILTER UNION MINUS BIND VALUES GRAPH " +
  "EXISTS NOT IN AS GROUP BY HAVING ORDER ASC DESC LIMIT OFFSET COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT STR LANG " +
  "LANGMATCHES DATATYPE BOUND IRI COALESCE IF CONCAT CONTAINS STRSTARTS STRENDS STRLEN LCASE UCASE SUBSTR REPLACE REGEX " +
  "YEAR MONTH DAY isIRI isLITERAL isBLANK";

/** Terms of these kinds come first among those that fit as well. */
const ORDER = ["keyword", "concept", "property", "relation", "class", "value", "topic"];
const MOST = 100;

const NOTHING = { prefixes: {}, terms: [] };

/** Return a source of completions; the terms are fetched from `address` when they are first needed. */
export function completions(address) {
  let known;
  const fetched = () =>
    (known ??= fetch(address)
      .then((response) => (response.ok ? response.json() : NOTHING))
      .catch(() => NOTHING)
      .then(({ prefixes, terms }) => ({
        declarations: Object.entries(prefixes).map(([prefix, iri]) => entry(`${prefix}: <${iri}>`, "prefix")),
        terms: [...terms, ...KEYWORDS.split(" ").map((name) => entry(name, "keyword"))],
      })));

  return async (context) => {
    const line = context.state.doc.lineAt(context.pos);
    const before = line.text.slice(0, context.pos - line.from);
    const variable = /[?$]\w*$/.exec(before);
    if (variable) return offered(context, variable[0], variables(context));
    const declared = /^\s*PREFIX\s+([\w-]*:?)$/i.exec(before);
    const word = declared ? declared[1] : /[\w-]*:?[\w-]*$/.exec(before)[0];
    if (!context.explicit && (!word || isQuoted(before))) return null;
    const { declarations, terms } = await fetched();
    return offered(context, word, declared ? declarations : terms);
  };
}

function entry(name, kind) {
  return { name, kind, label: "", others: [] };
}

/** Return what fits the word before the cursor, best first; it is asked for again with every letter. */
function offered(context, word, terms) {
  const fitting = terms
    .map((term) => ({ term, rank: rank(term, word.toLowerCase()) }))
    .filter(({ rank }) => rank < 9)
    .sort((a, b) => a.rank - b.rank || order(a.term) - order(b.term) || a.term.name.length - b.term.name.length);
  const options = fitting.slice(0, MOST).map(({ term: { name, label, kind } }) => ({ label: name, detail: label, type: kind }));
  return options.length ? { from: context.pos - word.length, options, filter: false } : null;
}

const order = ({ kind }) => ORDER.indexOf(kind);

/** Return how well a term fits what was typed, 0 best, 9 not at all: by its name, else by the words of its labels. */
function rank({ name, label, others }, typed) {
  const full = name.toLowerCase();
  const local = full.slice(full.indexOf(":") + 1);
  if (full === typed || local === typed) return 0;
  if (full.startsWith(typed)) return 1;
  if (local.startsWith(typed)) return 2;
  if (typed.length < 2) return 9;
  if (local.split("-").some((part) => part.startsWith(typed))) return 3;
  const words = [label, ...others].flatMap((each) => each.toLowerCase().split(/[\s-]+/));
  if (words.some((part) => part.startsWith(typed))) return 4;
  return typed.length > 2 && full.includes(typed) ? 5 : 9;
}

/** Return the variables of the query but for the one being typed. */
function variables(context) {
  const text = context.state.doc.toString();
  const found = new Set();
  for (const match of text.matchAll(/[?$]\w+/g)) {
    if (match.index + match[0].length !== context.pos) found.add(match[0]);
  }
  return [...found].map((name) => entry(name, "variable"));
}

/** Whether the end of a line stands in a string, an IRI or a comment, as far as the line alone tells. */
function isQuoted(before) {
  const bare = before.replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|<[^<>\s]*>/g, "");
  return /["'#]|<[^<>\s]*$/.test(bare);
}
