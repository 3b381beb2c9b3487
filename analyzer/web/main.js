// The page: edits go to the server on this computer, what it says comes to the margin.

import { alike, compared, remembered } from "./changes.js";
import { $, el } from "./dom.js";
import * as draft from "./draft.js";
import { Editor } from "./editor.js";
import { withoutNotes } from "./notes.js";
import { carried, moved } from "./offsets.js";
import * as panels from "./panels.js";

const PAUSE = 10; // milliseconds without a key before a check; only one is ever on its way
const AGAIN_AFTER = 1000; // after a first failure, then twice as long each time
const AGAIN_WITHIN = 60000;
const BUSY = ["busy", "busy-with-yours"]; // what the server answers that it will not answer for long
const MOST = Number(document.body.dataset.most); // characters
const SAVE_AFTER = 400;
const SAY_AFTER = 1200;
const SERVER = document.body.dataset.person ? "服务器上的述评程序" : "本机的述评程序";
const REMEDY = document.body.dataset.person ? "请看看网络是否连着；" : "它可能已经关闭，请重新运行 shuping serve；";
const TABS = ["findings", "card", "chains", "changes"];

const editor = new Editor(edited);
let view = null; // what is known, its offsets those of the text as it stands
let drawn = ""; // the text that the view and the mirror are of
let base = null; // the check that changes are told from
let baseText = null; // what that was of, null where the page was loaded since
let latest = null; // the last check and the text that it was of
let opened = null; // the file that was opened last: its name, the text that was read from it, the file itself
let isNamed = false; // whether the draft is a version of that
let keptFile; // what of that this browser keeps, undefined until it has been asked to
let openings = 0;
let asking = null; // what gives up the check that is on its way
let wanted = false;
let isUnsaved = false; // what another tab may have kept since must not be lost to what this one has had all along
let checking, saving, saying;
let failures = 0; // checks in a row that came to nothing
const troubles = new Map(); // what to say is wrong, until it is right
let lastSaid = "";

// Checking

/** Have the marks and the name follow the text. */
function shown() {
  const text = editor.text;
  if (view) view = carried(view, drawn, text);
  drawn = text;
  editor.show(view ? view.findings : []);
  nameIt();
}

function edited(composing) {
  shown();
  trouble("file", "");
  saveSoon();
  if (!composing) check();
}

function check() {
  wanted = true;
  $("score").setAttribute("aria-busy", "true");
  clearTimeout(checking);
  checking = setTimeout(run, PAUSE);
}

/** In one word, by which settings a check is made. */
function settings() {
  return Object.values(choices()).join(" ");
}

function choices() {
  return { profile: $("profile").value, placeholders: $("placeholders").value };
}

async function run() {
  if (asking || editor.composing) return;
  wanted = false;
  clearTimeout(checking);
  const text = editor.text;
  if (!text.trim()) {
    settle(null, text);
    return;
  }
  if (isTooLong(text)) {
    const most = `${MOST / 10000} 万字`;
    leaveUnchecked(`正文超过 ${most}，没有检查。述职报告一般几千字，请看看是否贴多了；删到 ${most}以内，会自动接着检查。`);
    return;
  }
  const mine = (asking = new AbortController());
  const by = settings();
  try {
    const said = await (opened?.file && text === opened.text ? askOfFile(opened.file, mine.signal) : ask(text, mine.signal));
    // What has been edited meanwhile is shown where it is now; what has been replaced is no longer asked about.
    if (alike(text, editor.text)) {
      follow(text);
      settle(said, text, by);
    }
  } catch (reason) {
    if (mine.signal.aborted) return;
    leaveUnchecked(inWords(reason, `检查不了：${SERVER}没有回答。${REMEDY}正文不会丢，连上以后会自动接着检查。`));
    if (!reason.code || BUSY.includes(reason.code)) againLater();
  } finally {
    if (asking === mine) asking = null;
    if (wanted) run();
  }
}

function isTooLong(text) {
  return text.length > MOST && [...text].length > MOST;
}

/** Say why the text has not been checked, and that what is shown is older. */
function leaveUnchecked(why) {
  trouble("check", why);
  outdate(view !== null);
  $("score").setAttribute("aria-busy", "false");
}

function againLater() {
  clearTimeout(checking);
  checking = setTimeout(run, Math.min(AGAIN_AFTER * 2 ** failures, AGAIN_WITHIN));
  failures += 1;
}

function outdate(isOutdated) {
  document.body.classList.toggle("outdated", isOutdated);
  $("outdated").hidden = !isOutdated;
}

/** Whether a text is a version of the one that was checked last, or that changes are told from. */
function goesOn(text) {
  return latest === null || [latest.text, baseText].some((each) => each !== null && alike(each, text));
}

/** Let go of the last draft's start and name where a text is no version of it; who undoes that has the name again. */
function follow(text) {
  const isVersion = goesOn(text);
  const wasNamed = isNamed;
  if (!isVersion) base = null;
  isNamed = opened !== null && ((isNamed && isVersion) || (opened.text !== null && alike(opened.text, text)));
  if (isNamed === wasNamed) return;
  nameIt();
  saveSoon();
}

function name() {
  return isNamed ? opened.name : "";
}

/** Tell changes from a check on. */
function compareWith(check, text) {
  [base, baseText] = [check, text];
}

/** Give up the check that is on its way: its text has been replaced. */
function giveUp() {
  clearTimeout(checking);
  wanted = false;
  asking?.abort();
  asking = null;
}

async function ask(text, signal) {
  // Half a pair of surrogates, as a broken paste may leave, is no text.
  const body = JSON.stringify({ text: text.toWellFormed?.() ?? text, ...choices() });
  return answered(await fetch("page/check", { method: "POST", headers: { "Content-Type": "application/json" }, body, signal }));
}

/** A file says more than its text: where its tables are, what its own comments let stand. */
async function askOfFile(file, signal) {
  const body = new FormData();
  body.append("file", file);
  return answered(await fetch(`page/open?${new URLSearchParams(choices())}`, { method: "POST", body, signal }));
}

async function answered(answer) {
  const said = await answer.json();
  if (!answer.ok) throw said.error;
  return said;
}

/** Show what was said, by which settings, of a text that may have been edited since. */
function settle(said, text, by) {
  view = said && carried(moved(said, text), text, editor.text);
  drawn = editor.text;
  failures = 0;
  trouble("check", "");
  outdate(false);
  if (view === null) {
    panels.clear(); // changes go on being told from the same check: the next version may be pasted now
  } else {
    latest = { check: remembered(view, now(), by), text };
    const isBySettings = Boolean(base?.by) && base.by !== by; // what those change is no mending
    if (base === null || isBySettings) {
      compareWith({ ...latest.check, isBySettings }, text);
      saveSoon();
    }
    show();
  }
  editor.show(view ? view.findings : []);
  for (const button of document.querySelectorAll("[data-form]")) button.disabled = view === null;
  atCaret(false);
  if (!wanted) $("score").setAttribute("aria-busy", "false");
  clearTimeout(saying);
  saying = setTimeout(announce, SAY_AFTER);
}

function show() {
  const changes = compared(base, view);
  panels.showScore(view, changes);
  panels.showOutline(view);
  panels.showFindings(view);
  panels.showCard(view);
  panels.showChains(view);
  panels.showChanges(view, base, changes);
}

function announce() {
  const words = view?.score
    ? `得分 ${view.score.words}，${view.score.name}，意见 ${view.findings.length} 处。`
    : view
      ? `${view.abstained ?? "暂不评分"} 意见 ${view.findings.length} 处。`
      : "";
  if (words !== lastSaid) $("said").textContent = lastSaid = words;
}

function tell(words) {
  $("said").textContent = lastSaid = words;
}

/** Say what is wrong with a check, a file or the keeping of the draft; nothing once it is right again. */
function trouble(what, words) {
  if ((troubles.get(what) ?? "") === words) return;
  if (words) troubles.set(what, words);
  else troubles.delete(what);
  $("trouble").hidden = !troubles.size;
  $("trouble").replaceChildren(...[...troubles.values()].map((each) => el("span", {}, each)));
}

/** What the server said is wrong, or what else to say where it said nothing. */
function inWords(reason, otherwise) {
  return reason.message && reason.hint ? `${reason.message}。${reason.hint}` : otherwise;
}

function now() {
  const time = new Date();
  const two = (part) => String(part).padStart(2, "0");
  return `${time.getMonth() + 1} 月 ${time.getDate()} 日 ${two(time.getHours())}:${two(time.getMinutes())}`;
}

// The draft

function saveSoon() {
  isUnsaved = true;
  clearTimeout(saving);
  saving = setTimeout(save, SAVE_AFTER);
}

function save() {
  if (!isUnsaved) return;
  isUnsaved = false;
  const isKept = draft.keep({ text: editor.text, name: name(), base, ...choices() });
  keepFile();
  trouble("save", isKept ? "" : "浏览器里存不下这份草稿，请用“取回”存成文件。");
}

/** Keep the file as long as the draft is a version of it. */
function keepFile() {
  const wanted = editor.text && isNamed && opened.file ? opened : null;
  if (wanted === keptFile) return;
  keptFile = wanted;
  draft.keepFile(wanted).then((isKept) => wanted === keptFile && tellKept(isKept && wanted));
}

function nameIt() {
  const isChanged = !isOriginal() && !opened?.isSought;
  $("name").textContent = isNamed ? `${name()}${isChanged ? "（已改动）" : ""}` : "草稿";
}

function tellKept(file) {
  $("name").title = file ? "原文件存在这个浏览器里，重新打开页面也能按原来的版式取回" : "";
}

/** Whether the text is the opened file's; beside that of a Word file, notes that let findings stand do not matter. */
function isOriginal() {
  if (!opened?.file) return false;
  const isWord = /\.docx$/i.test(opened.name);
  return editor.text === opened.text || (isWord && withoutNotes(editor.text) === opened.text);
}

/** Show the draft that this browser keeps. */
async function restore() {
  const held = draft.kept();
  if (!held) return;
  for (const id of ["profile", "placeholders"]) if (held[id]) $(id).value = held[id];
  opened = held.name ? { name: held.name, text: null, file: null, isSought: true } : null;
  isNamed = opened !== null;
  compareWith(held.base ?? null, null);
  editor.area.value = held.text;
  nameIt();
  const nameless = opened;
  const file = await draft.keptFile();
  if (opened && opened === nameless) {
    opened.isSought = false;
    if (file?.name === opened.name) tellKept((opened = keptFile = file));
  }
  shown();
  check();
}

/** Take over what another tab has made of the draft, where nothing of this one would be lost. */
function takeOver() {
  const held = draft.kept();
  if (isUnsaved || editor.composing || (held?.text ?? "") === editor.text) return;
  const caret = editor.caret;
  if (held) restore();
  else {
    editor.area.value = "";
    leave();
  }
  editor.area.setSelectionRange(caret, caret);
  tell("草稿在另一个窗口里改过，这里已换成改过的。");
}

/** Know nothing any more of the draft that was here. */
function leave() {
  [opened, base, baseText, latest] = [null, null, null, null];
  isNamed = false;
  openings += 1; // what is still being read is not wanted any more
  giveUp();
  settle(null, "");
  nameIt();
}

function forget() {
  editor.replace("");
  leave();
  clearTimeout(saving);
  isUnsaved = false;
  draft.forget();
  keepFile();
  closeMenus();
  tell("草稿已从这个浏览器删除。");
}

// Files in and out

/** Open the first of some files, for a draft is of one. */
async function openFirst(files) {
  const [first, ...others] = files;
  if (!first || !(await open(first)) || !others.length) return;
  const left = others.length === 1 ? `“${others[0].name}”` : `另外 ${others.length} 个`;
  trouble("file", `一次只看一个文件：打开的是“${first.name}”，${left}没有打开，请看完再拖进来。`);
}

/** Open a file; return whether it is what is shown now. */
async function open(chosen) {
  tell(`正在读 ${chosen.name}……`);
  const turn = (openings += 1);
  const by = settings();
  try {
    const said = await askOfFile(chosen);
    // In what a browser keeps, a file on a disk is gone as soon as it is saved anew there.
    const file = new File([await chosen.arrayBuffer()], chosen.name);
    if (turn !== openings) return false; // another has been opened meanwhile
    trouble("file", "");
    // A mended version is told from the one before it.
    const isNext = latest !== null && (name() === file.name || goesOn(said.text));
    compareWith(isNext ? latest.check : null, isNext ? latest.text : null);
    opened = { name: file.name, text: said.text, file };
    isNamed = true;
    view = null;
    editor.replace(said.text);
    keepFile();
    giveUp();
    nameIt();
    settle(said, said.text, by);
    if (by !== settings()) check();
    editor.area.setSelectionRange(0, 0);
    window.scrollTo(0, 0);
    tell(`已打开 ${chosen.name}。`);
    return true;
  } catch (reason) {
    trouble("file", `${chosen.name}：${inWords(reason, `读不了，${SERVER}没有回答。`)}`);
    tell("");
    return false;
  }
}

// Control characters that were pasted: no text file has them, and one with them is refused.
const UNSEEN = /[\u0000-\u0008\u000e-\u001f\u007f]/g;

async function fetchBack(form, scorecard) {
  closeMenus();
  if (!editor.text.trim()) {
    trouble("file", "还没有正文，没有可取回的。");
    return;
  }
  const stem = (name() || "草稿").replace(/\.[^.]*$/, "");
  if (form === "txt") {
    hand(new Blob([editor.text], { type: "text/plain" }), `${stem}-修改稿.txt`);
    return;
  }
  const body = new FormData();
  // A Word file whose text is still its own comes back as it is, with comments; what was edited here is plain text.
  if (isOriginal()) {
    body.append("file", opened.file);
    if (editor.text !== opened.text) body.append("noted", editor.text);
  } else body.append("file", new Blob([editor.text.replace(UNSEEN, "")], { type: "text/plain" }), `${stem}.txt`);
  try {
    const answer = await fetch(`page/fetch?${new URLSearchParams({ format: form, scorecard, ...choices() })}`, { method: "POST", body });
    if (!answer.ok) throw (await answer.json()).error;
    trouble("file", "");
    hand(await answer.blob(), `${stem}-述评.${form}`);
  } catch (reason) {
    trouble("file", inWords(reason, `取不回来，${SERVER}没有回答。`));
  }
}

function hand(blob, called) {
  const link = el("a", { href: URL.createObjectURL(blob), download: called });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  tell(`已取回 ${called}。`);
}

// Between text and margin

function cardOf(number) {
  return $(`finding-${number}`);
}

let looked = null;
function activate(number, scrolls) {
  looked = number === null ? null : view?.findings[number];
  document.querySelector("#findings .card.active")?.classList.remove("active");
  editor.activate(number);
  const card = number === null ? null : cardOf(number);
  card?.classList.add("active");
  if (card && scrolls && !$("findings").hidden) inMargin(card);
  peek(number);
}

/** Bring a card into view inside the margin, without moving the page. */
function inMargin(card) {
  const panel = $("findings");
  if (panel.scrollHeight > panel.clientHeight + 1) {
    panel.scrollTop = card.offsetTop - panel.offsetTop - panel.clientHeight / 4;
  }
}

let seen = null;
function atCaret(scrolls = true) {
  const number = view && (document.activeElement === editor.area ? editor.at(view.findings) : again());
  const changed = number !== seen;
  seen = number ?? (view?.findings[seen] && isWhole(view.findings[seen]) ? seen : null);
  activate(seen, changed && scrolls);
  if (!view) return;
  view.sections.forEach((section, at) => {
    const here = section.start <= editor.caret && editor.caret < section.end;
    const button = $("outline").children[at]?.firstElementChild;
    if (here) button?.setAttribute("aria-current", "true");
    else button?.removeAttribute("aria-current");
  });
}

/** The finding that was looked at, where a check has given it another number. */
function again() {
  const before = looked;
  const found = before ? view.findings.findIndex((each) => each.rule === before.rule && each.start === before.start) : -1;
  return found < 0 ? null : found;
}

/** Whether a finding is about no words in particular, so that the caret says nothing of it. */
function isWhole(finding) {
  return finding.start === finding.end && finding.start === editor.caret;
}

function peek(number) {
  const finding = number === null || !view ? null : view.findings[number];
  const isAsked = finding && document.activeElement === editor.area;
  $("peek").hidden = !isAsked;
  if (!isAsked) return;
  const toCard = el("button", { type: "button" }, "看这条意见");
  toCard.addEventListener("click", () => focusCard(number));
  $("peek").replaceChildren(
    el("p", {}, el("b", { class: finding.severity }, `${finding.sign} ${finding.level} · ${finding.title}　${finding.points}`)),
    el("p", {}, finding.suggestion || finding.message),
    toCard,
  );
}

function goTo(number) {
  const finding = view?.findings[number];
  if (!finding) return;
  if (finding.end > finding.start) editor.go(finding.start, finding.end);
  else editor.go(finding.start, finding.start);
  seen = number;
  activate(number, true);
}

function focusCard(number) {
  select("findings");
  const card = cardOf(number);
  if (!card) return;
  activate(number, true);
  card.querySelector(".go").focus();
  card.scrollIntoView({ block: "nearest" });
}

function step(direction) {
  if (!view?.findings.length) return;
  const places = view.findings.map((finding, number) => ({ number, start: finding.start }));
  const here = editor.caret;
  const after = places.filter((place) => (direction > 0 ? place.start > here : place.start < here));
  const next = direction > 0 ? (after[0] ?? places[0]) : (after[after.length - 1] ?? places[places.length - 1]);
  goTo(next.number);
  const { level, title, place, message } = view.findings[next.number];
  tell(`第 ${next.number + 1} 处，共 ${places.length} 处。${level}：${title}，${place}。${message}`);
}

function select(tab, focuses) {
  for (const id of TABS) {
    const button = $(`tab-${id}`);
    button.setAttribute("aria-selected", id === tab);
    button.tabIndex = id === tab ? 0 : -1;
    $(id).hidden = id !== tab;
    if (focuses && id === tab) button.focus();
  }
}

function ignore(card) {
  const number = Number(card.dataset.number);
  if (card.querySelector(".reason")) return;
  const button = card.querySelector(".ignore");
  const leave = () => {
    form.remove();
    button.hidden = false;
    button.focus();
  };
  const form = panels.reasonForm(
    view.findings[number],
    (note) => {
      form.remove();
      editor.insertAt(view.findings[Number(card.dataset.number)].end, note);
      tell("已在正文里注明，这处不再计分。");
    },
    leave,
  );
  button.hidden = true;
  card.append(form);
  form.firstElementChild.focus();
}

function closeMenus() {
  for (const menu of document.querySelectorAll(".menu[open]")) menu.open = false;
}

// Hands

$("margin").addEventListener("click", (event) => {
  const hit = event.target.closest("button, .card, input, form");
  if (!hit) return;
  if (hit.id === "restart") {
    compareWith(remembered(view, now(), settings()), editor.text);
    show();
    saveSoon();
    $("restart").focus();
  } else if (hit.matches(".ignore")) ignore(hit.closest(".card"));
  else if (hit.matches(".go")) goTo(Number(hit.closest(".card").dataset.number));
  else if (hit.matches(".to")) goTo(Number(hit.dataset.number));
  else if (hit.matches("[role=tab]")) select(hit.id.slice(4));
  else if (hit.matches(".card") && !String(getSelection())) goTo(Number(hit.dataset.number));
});
document.addEventListener("click", (event) => {
  const place = event.target.closest(".to-place");
  if (place) editor.go(Number(place.dataset.start), Number(place.dataset.end));
  for (const menu of document.querySelectorAll(".menu[open]")) if (!menu.contains(event.target)) menu.open = false;
});
$("margin").addEventListener("keydown", (event) => {
  const tab = event.target.closest("[role=tab]");
  const move = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!tab || !move) return;
  event.preventDefault();
  select(TABS[(TABS.indexOf(tab.id.slice(4)) + move + TABS.length) % TABS.length], true);
});
document.addEventListener("keydown", (event) => {
  if (event.isComposing || editor.composing) return;
  const held = event.ctrlKey || event.metaKey;
  if (event.key === "F8") step(event.shiftKey ? -1 : 1);
  else if (event.key === "F2" && document.activeElement === editor.area) {
    const number = view ? editor.at(view.findings) : null;
    if (number === null) {
      select("findings", true);
      tell("光标处没有意见。");
    } else focusCard(number);
  } else if (event.key === "F2") editor.area.focus();
  else if (event.key === "Escape") {
    const menu = document.querySelector(".menu[open]");
    const reason = document.activeElement.closest(".reason");
    if (menu) {
      menu.open = false;
      menu.firstElementChild.focus();
    } else if (reason) reason.querySelector(".leave").click();
    else if ($("margin").contains(document.activeElement)) editor.area.focus();
    else $("peek").hidden = true;
    return;
  } else if (held && !event.altKey && event.key.toLowerCase() === "o") $("file").click();
  else if (held && !event.altKey && event.key.toLowerCase() === "s") fetchBack("txt", false);
  else return;
  event.preventDefault();
});
document.addEventListener("selectionchange", () => {
  if (document.activeElement === editor.area && !editor.composing) atCaret();
});

$("open").addEventListener("click", () => $("file").click());
$("file").addEventListener("change", () => {
  openFirst($("file").files);
  $("file").value = "";
});
for (const button of document.querySelectorAll("[data-form]")) {
  button.addEventListener("click", () => fetchBack(button.dataset.form, "scorecard" in button.dataset));
}
$("forget").addEventListener("click", forget);
for (const id of ["profile", "placeholders"]) {
  $(id).addEventListener("change", () => {
    saveSoon();
    check();
  });
}
for (const kind of ["dragover", "dragenter"]) {
  document.addEventListener(kind, (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    $("sheet").classList.add("dropping");
  });
}
document.addEventListener("dragleave", (event) => {
  if (event.relatedTarget === null) $("sheet").classList.remove("dropping");
});
document.addEventListener("drop", (event) => {
  $("sheet").classList.remove("dropping");
  if (!event.dataTransfer?.files.length) return;
  event.preventDefault();
  openFirst(event.dataTransfer.files);
});
window.addEventListener("online", () => failures && check());
window.addEventListener("pagehide", save);
window.addEventListener("storage", takeOver);
window.addEventListener("pageshow", (event) => event.persisted && takeOver()); // nobody told a page that was put by

restore();
editor.area.readOnly = false; // the page keeps it so till now: what is typed before would be checked by nobody
