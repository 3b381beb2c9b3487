// The margin and the outline: what the server said, laid out.

import { $, el, patch } from "./dom.js";
import { noteOf } from "./notes.js";

const STEPS = JSON.parse($("steps").textContent); // pairs, in the order of the work
const GRAVEST = ["error", "warning", "info"];
const SVG = "http://www.w3.org/2000/svg";
const opened = new Set(); // rows of the scorecard that are open

function bar(part, className) {
  const svg = document.createElementNS(SVG, "svg");
  for (const [name, value] of Object.entries({ class: className, viewBox: "0 0 100 8", preserveAspectRatio: "none", "aria-hidden": "true" })) {
    svg.setAttribute(name, value);
  }
  for (const [kind, width] of [["track", 100], ["fill", 100 * Math.max(0, Math.min(1, part))]]) {
    const rect = document.createElementNS(SVG, "rect");
    for (const [name, value] of Object.entries({ class: kind, width, height: 8 })) rect.setAttribute(name, value);
    svg.append(rect);
  }
  return svg;
}

const quotation = (pieces) => pieces.map(([words, marked]) => (marked ? el("mark", {}, words) : words));

function number(points) {
  return String(Math.round(points * 10) / 10);
}

/** Lay out the findings by the step that mends them. */
export function showFindings(view) {
  const items = [];
  const numbers = [];
  for (const [step, name] of STEPS) {
    const group = view.findings.map((finding, at) => ({ finding, at })).filter((each) => each.finding.step === step);
    if (!group.length) continue;
    const lost = group.reduce((sum, each) => sum + each.finding.deduction, 0);
    const count = `${group.length} 处${lost ? `，失 ${number(lost)} 分` : ""}`;
    items.push({ key: `# ${step} ${count}`, make: () => el("h3", { class: "step" }, name, el("small", {}, count)) });
    numbers.push(null);
    // The gravest first; what says the same stands together, said once.
    group.sort(
      (a, b) =>
        GRAVEST.indexOf(a.finding.severity) - GRAVEST.indexOf(b.finding.severity) ||
        (a.finding.same ?? a.at) - (b.finding.same ?? b.at) ||
        a.at - b.at,
    );
    for (const { finding, at } of group) {
      const { start, end, same, ...said } = finding;
      items.push({ key: JSON.stringify([said, same !== null]), make: () => card(finding, same !== null) });
      numbers.push(at);
    }
  }
  if (view.suppressed.length) {
    items.push({ key: "# suppressed", make: () => el("h3", { class: "step" }, "注明理由、不计分的") });
    numbers.push(null);
    for (const each of view.suppressed) {
      items.push({ key: JSON.stringify([each.rule, each.reason]), make: () => el("p", { class: "let-be" }, `${each.title}：${each.reason}`) });
      numbers.push(null);
    }
  }
  if (!view.findings.length) {
    const words = view.score ? "没有发现需要修改的地方。" : "没有评分，也没有逐处意见。";
    items.unshift({ key: words, make: () => el("p", { class: "empty" }, words) });
    numbers.unshift(null);
  }
  patch($("findings"), items).forEach((child, at) => {
    if (numbers[at] === null) return;
    child.id = `finding-${numbers[at]}`;
    child.dataset.number = numbers[at];
  });
  $("finding-count").textContent = view.findings.length || "";
}

function card(finding, again) {
  const head = el(
    "p",
    { class: "card-head" },
    el(
      "button",
      { type: "button", class: "go", "aria-label": `${finding.level}：${finding.title}，${finding.place}，到正文` },
      el("span", { class: "sign", "aria-hidden": "true" }, finding.sign),
      el("span", { class: "severity" }, again ? finding.place : `${finding.level} · ${finding.title}`),
    ),
    again ? null : el("span", { class: "where" }, finding.place),
    el("span", { class: "cost" }, finding.points),
  );
  return el(
    "article",
    { class: `card ${finding.severity}${again ? " again" : ""}` },
    head,
    finding.quote.length ? el("blockquote", {}, quotation(finding.quote)) : null,
    again ? null : el("p", { class: "why" }, finding.message),
    !again && finding.suggestion ? el("p", { class: "mend" }, el("b", {}, "改法"), finding.suggestion) : null,
    finding.ignorable
      ? el("p", { class: "card-foot" }, el("button", { type: "button", class: "ignore quiet" }, "这处不算毛病…"))
      : null,
  );
}

/** Return the form in which a writer says why a finding is no fault. */
export function reasonForm(finding, done, left) {
  const input = el("input", { type: "text", maxlength: 120, required: true, "aria-label": "理由", placeholder: "理由，如：数字按保密要求隐去" });
  const form = el(
    "form",
    { class: "reason" },
    input,
    el("button", { type: "submit" }, "写进正文，不再计"),
    el("button", { type: "button", class: "leave quiet" }, "算了"),
    el("small", {}, "会在这句后面加一条注释，写明理由；交稿前看得到，也可以删去。"),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const note = noteOf(finding, input.value);
    if (note) done(note);
  });
  form.querySelector(".leave").addEventListener("click", left);
  return form;
}

/** Lay out the scorecard: each lost point opens what took it. */
export function showCard(view) {
  const items = [];
  const say = (className, words) => items.push({ key: className + words, make: () => el("p", { class: className }, words) });
  say("verdict", view.verdict);
  for (const words of view.vetoes) say("veto", words);
  for (const row of view.rows) {
    const places = row.findings.map((at) => view.findings[at]);
    items.push({
      key: JSON.stringify([row, places.map(({ title, place, points, evidence }) => [title, place, points, evidence])]),
      make: () => rowOf(row, places),
    });
  }
  if (view.advice) items.push({ key: JSON.stringify(view.advice), make: () => adviceOf(view.advice) });
  if (view.profile) say("profile", view.profile);
  for (const words of view.notices) say("notice", words);
  patch($("card"), items);
}

function rowOf(row, places) {
  const summary = el(
    "summary",
    {},
    el("span", { class: "row-name" }, row.name),
    bar(row.score / row.max, "bar"),
    el("span", { class: "row-score" }, row.score.toFixed(1), el("small", {}, `/${row.max}`)),
    el("span", { class: `row-lost${row.lost === "不扣分" ? " none" : ""}` }, row.lost),
  );
  const list = el(
    "ol",
    { class: "evidence" },
    row.findings.map((at, index) =>
      el(
        "li",
        {},
        el(
          "button",
          { type: "button", class: "to", "data-number": at },
          el("span", {}, places[index].title),
          el("span", { class: "words" }, places[index].evidence || places[index].place),
          el("span", { class: "cost" }, places[index].points),
        ),
      ),
    ),
  );
  const made = el("details", { class: "row-of", open: opened.has(row.id) }, summary, el("p", { class: "why" }, row.why), list);
  made.addEventListener("toggle", () => (made.open ? opened.add(row.id) : opened.delete(row.id)));
  return made;
}

function adviceOf(advice) {
  const part = (name, words) =>
    words.length ? [el("h3", {}, name), el("ul", {}, words.map((each) => el("li", {}, each)))] : [];
  return el(
    "section",
    { class: "advice" },
    el("h3", {}, "点评"),
    el("p", { class: "advice-opening" }, advice.opening),
    ...part("可取之处", advice.strengths),
    ...part("主要不足", advice.faults),
    ...part("建议先做", advice.first),
  );
}

/** Lay out each problem with its cause and its measures; what is missing is a gap, unless there is a note on it. */
export function showChains(view) {
  const items = view.chains.map((chain) => ({
    key: JSON.stringify(chain),
    make: () => chainOf(chain),
  }));
  if (!items.length) {
    const words = "正文里没有看到写出的问题。";
    items.push({ key: words, make: () => el("p", { class: "empty" }, words) });
  }
  if (view.problems) items.unshift({ key: view.problems, make: () => el("p", { class: "doubt" }, `${view.problems}。`) });
  patch($("chains"), items);
  $("chain-count").textContent = view.chains.length || "";
}

function linkTo(words, start, end, className = "link-words") {
  return el("button", { type: "button", class: `to-place ${className}`, "data-start": start, "data-end": end }, words);
}

/** What is said below a link: why there is no verdict on it, or where it has no words, what is missing. */
function wanting(note, missing, gap) {
  return note ? el("p", { class: "doubt" }, note) : missing ? el("p", { class: "gap" }, gap) : null;
}

function chainOf({ number: count, title, place, told_in: toldIn, start, end, cause, remedy }) {
  const head = (name, status, more) =>
    el("p", { class: "link-head" }, el("b", {}, name), el("span", { class: "status" }, status), more ? el("span", {}, more) : null);
  return el(
    "article",
    { class: "chain", "aria-label": `第 ${count} 个问题` },
    el(
      "div",
      { class: "link problem" },
      el("p", { class: "link-head" }, el("b", {}, `问题 ${count}`), toldIn ? el("span", { class: "in-passing" }, toldIn) : null, el("span", {}, place)),
      linkTo(title, start, end, "link-title"),
    ),
    el(
      "div",
      { class: `link cause ${cause.status}` },
      head("原因", cause.name, cause.kind),
      cause.words ? linkTo(cause.words, cause.start, cause.end) : null,
      wanting(cause.note, !cause.words, "这里缺一环：为什么会有这个问题？"),
    ),
    el(
      "div",
      { class: `link ${remedy.status}` },
      head("措施", remedy.name),
      remedy.measures.map((each) => linkTo(each.words, each.start, each.end)),
      wanting(remedy.note, !remedy.measures.length, "这里缺一环：打算怎么改、谁来办、何时办成？"),
      remedy.missing ? el("p", { class: "missing" }, remedy.missing) : null,
    ),
  );
}

/** Lay out the sections with what each takes of the text. */
export function showOutline(view) {
  const items = view.sections.map((section) => ({
    key: JSON.stringify(section),
    make: () =>
      el(
        "li",
        {},
        el(
          "button",
          { type: "button", class: `to-place ${section.type}`, "data-start": section.start, "data-end": section.start },
          el("span", {}, section.name),
          el("span", { class: "part-share" }, section.percent),
          bar(section.share, "share"),
        ),
      ),
  }));
  patch($("outline"), items);
  const letters = view.sections.reduce((sum, section) => sum + section.characters, 0);
  $("count").textContent = `全文 ${letters} 字`;
}

/** Lay out what has changed since the start that the writer set. */
export function showChanges(view, base, changes) {
  const items = [];
  const score = changes.score === null ? "" : changes.score > 0 ? `，多了 ${number(changes.score)} 分` : changes.score < 0 ? `，少了 ${number(-changes.score)} 分` : "，得分没有变";
  const start = base.isBySettings ? `${base.when} 换了口径或“X次”的看法，从那时起重新比` : `与 ${base.when} 的那一稿相比`;
  const words = `${start}：改掉 ${changes.gone.length} 处，新出现 ${changes.fresh.length} 处${score}。`;
  items.push({ key: words, make: () => el("p", { class: "since" }, words) });
  items.push({ key: "# again", make: () => el("p", {}, el("button", { type: "button", id: "restart" }, "以现在这一稿为准，重新比")) });
  const list = (name, each) => {
    if (!each.length) return;
    items.push({ key: `# ${name}`, make: () => el("h3", { class: "step" }, name) });
    items.push({ key: JSON.stringify([name, each.map(([, ...said]) => said)]) + each.map(([at]) => at), make: () => el("ul", { class: "evidence" }, each.map(([at, title, evidence]) => el("li", {}, at === null ? el("p", { class: "done" }, el("span", {}, `✓ ${title}`), el("span", { class: "words" }, evidence)) : el("button", { type: "button", class: "to", "data-number": at }, el("span", {}, title), el("span", { class: "words" }, evidence))))) });
  };
  list("新出现的", changes.fresh.map((at) => [at, view.findings[at].title, view.findings[at].evidence]));
  list("改掉的", changes.gone.map(({ title, evidence }) => [null, title, evidence]));
  patch($("changes"), items);
  $("change-count").textContent = changes.gone.length ? `−${changes.gone.length}` : "";
}

/** Show the score and how far it has come from the start. */
export function showScore(view, changes) {
  const box = $("score");
  box.className = `verdict-box${view.score ? ` grade-${view.score.grade}` : ""}`;
  $("badge").firstElementChild.textContent = view.score?.grade ?? "—";
  $("overall").textContent = view.score?.words ?? "—";
  const change = changes.score === null ? 0 : Math.round(changes.score * 10) / 10;
  $("delta").textContent = change ? `${change > 0 ? "▲" : "▼"} ${number(Math.abs(change))}` : "";
  $("delta").classList.toggle("worse", change < 0);
  $("distance").textContent = view.score ? `${view.score.name}，${view.score.distance}` : (view.abstained ?? "暂不评分");
}

/** Empty all panels. */
export function clear() {
  for (const [id, words] of [["findings", "还没有正文。"], ["card", "还没有正文。"], ["chains", "还没有正文。"], ["changes", "还没有可比的。"]]) {
    patch($(id), [{ key: words, make: () => el("p", { class: "empty" }, words) }]);
  }
  patch($("outline"), []);
  for (const id of ["count", "finding-count", "chain-count", "change-count"]) $(id).textContent = "";
  showScore({ score: null, abstained: "贴上草稿就开始检查" }, { score: null });
}
