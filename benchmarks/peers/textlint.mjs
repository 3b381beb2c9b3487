// textlint with prh, and a dictionary of stand-ins.
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const SETTINGS = join(dirname(fileURLToPath(import.meta.url)), "textlintrc.json");

export async function start(modules) {
  const { createLinter, loadTextlintrc } = createRequire(join(modules, "x.js"))("textlint");
  const descriptor = await loadTextlintrc({ configFilePath: SETTINGS, node_modulesDir: modules });
  const linter = createLinter({ descriptor });
  return (texts) => Promise.all(texts.map((text) => spans(linter, text)));
}

// Where the dictionary's patterns match, in code points.
async function spans(linter, text) {
  const { messages } = await linter.lintText(text, "report.txt");
  const point = (unit) => Array.from(text.slice(0, unit)).length;
  return messages.map(({ range }) => range.map(point));
}
