// Bundle the editor into webapp/static/vendor/sparql-editor/, with the licence of every package that is in it.
import { build } from "esbuild";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "..", "webapp", "static", "vendor", "sparql-editor");

const { metafile } = await build({
  absWorkingDir: here,
  entryPoints: ["src/editor.js"],
  outfile: join(out, "editor.js"),
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2020",
  charset: "utf8",
  legalComments: "none",
  metafile: true,
});

const packages = new Set();
for (const file of Object.keys(metafile.inputs)) {
  const found = file.match(/node_modules\/((?:@[^/]+\/)?[^/]+)\//);
  if (found) packages.add(found[1]);
}
const notices = [...packages].sort().map((name) => {
  const folder = join(here, "node_modules", name);
  const about = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const licence = readFileSync(join(folder, "LICENSE"), "utf8").trim();
  return `${name} ${about.version} (${about.license})\n\n${licence}\n`;
});
const rule = `\n${"-".repeat(80)}\n\n`;
writeFileSync(
  join(out, "LICENSES.txt"),
  `editor.js is bundled from editor/ of seminar-kg (MIT) and these packages.\n${rule}${notices.join(rule)}`,
);
console.log(`${packages.size} packages bundled`);
