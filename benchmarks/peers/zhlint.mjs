// zhlint with its default preset.
import { join } from "node:path";
import { pathToFileURL } from "node:url";

export async function start(modules) {
  const { run } = await import(pathToFileURL(join(modules, "zhlint/lib/index.js")));
  const options = { rules: { preset: "default" } };
  return (texts) => texts.map((text) => run(text, options).validations.length);
}
