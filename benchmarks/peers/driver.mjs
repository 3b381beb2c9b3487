// What driver.py is, for programs of node: node driver.mjs WORK FILE MODULES
import { existsSync, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const LEAST = 0.3; // seconds
const [work_file, file, modules] = process.argv.slice(2);
const answer = (value) => process.stdout.write(JSON.stringify(value) + "\n");
const rounds = JSON.parse(readFileSync(file, "utf8"));
const { start } = await import(pathToFileURL(work_file));
const work = await start(modules);
const peak = () => {
  const told = existsSync("/proc/self/status") ? readFileSync("/proc/self/status", "utf8") : "";
  return Math.floor(Number(/VmHWM:\s*(\d+)/.exec(told)?.[1] ?? 0) / 1024);
};
answer("ready");
for await (const line of createInterface({ input: process.stdin })) {
  const [number, wish] = line.split(" ");
  const begun = performance.now();
  const used = process.cpuUsage();
  let passes = 0;
  let found = null;
  while (!passes || performance.now() - begun < 1000 * LEAST) {
    found = await work(rounds[number]);
    passes += 1;
  }
  const spent = process.cpuUsage(used);
  answer({
    wall: (performance.now() - begun) / 1000 / passes,
    cpu: (spent.user + spent.system) / 1e6 / passes,
    megabytes: peak(),
    found: wish ? found : null,
  });
}
