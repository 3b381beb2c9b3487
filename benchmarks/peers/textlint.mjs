// textlint with prh, and a dictionary of stand-ins.
import { createRequire } from "node:module";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const DICTIONARY = join(dirname(fileURLToPath(import.meta.url)), "stand-ins.prh.yml");

export async function start(modules) {
  const { createLinter, loadTextlintrc } = createRequire(join(modules, "x.js"))("textlint");
  const settings = join(mkdtempSync(join(tmpdir(), "textlint-")), ".textlintrc.json");
  writeFileSync(settings, JSON.stringify({ rules: { prh: { rulePaths: [DICTIONARY] } } }));
  const descriptor = await loadTextlintrc({ configFilePath: settings, node_modulesDir: modules });
  const linter = createLinter({ descriptor });
  return (texts) => Promise.all(texts.map((text) => spans(linter, text)));
}

// Where the dictionary's patterns match, in code points.
async function spans(linter, text) {
  const { messages } = await linter.lintText(text, "report.txt");
  const point = (unit) => Array.from(text.slice(0, unit)).length;
  return messages.map(({ range }) => range.map(point));
}
