// The text: a plain text area, so that input methods, undo and screen readers work as everywhere, and beneath
// it a mirror with the same words in the same places, which carries the marks and gives the area its height.

import { $ } from "./dom.js";

const LONGEST_MARK = 160; // what is longer is said in the margin only

export class Editor {
  /** Tell `changed` of each edit, but of none while an input method composes. */
  constructor(changed) {
    this.area = $("text");
    this.mirror = $("mirror");
    this.composing = false;
    this.marks = [];
    this.active = null;
    this.changed = changed;
    this.area.addEventListener("compositionstart", () => (this.composing = true));
    this.area.addEventListener("compositionend", () => {
      this.composing = false;
      this.edited();
    });
    this.area.addEventListener("input", () => this.edited());
  }

  get text() {
    return this.area.value;
  }

  /** What the caret stands at. */
  get caret() {
    return this.area.selectionStart;
  }

  edited() {
    this.changed(this.composing);
  }

  /** Put a whole new text in place; it can be undone. */
  replace(text) {
    this.area.focus();
    this.area.select();
    this.insert(text);
  }

  /** Put words where the selection is, as if they were typed. */
  insert(words) {
    // The only way that keeps a browser's undo; deprecated, but without a successor.
    if (!document.execCommand("insertText", false, words)) {
      this.area.setRangeText(words, this.area.selectionStart, this.area.selectionEnd, "end");
      this.edited();
    }
  }

  insertAt(offset, words) {
    this.area.focus();
    this.area.setSelectionRange(offset, offset);
    this.insert(words);
  }

  /** Show the findings of a view. */
  show(findings) {
    this.marks = findings
      .map((finding, number) => ({ number, start: finding.start, end: finding.end, severity: finding.severity }))
      .filter((mark) => mark.end > mark.start && mark.end - mark.start <= LONGEST_MARK);
    this.draw();
  }

  draw() {
    const text = this.text;
    const cuts = new Set([0, text.length]);
    for (const mark of this.marks) cuts.add(Math.min(mark.start, text.length)).add(Math.min(mark.end, text.length));
    const places = [...cuts].sort((a, b) => a - b);
    const starting = [...this.marks].sort((a, b) => a.start - b.start);
    const parts = document.createDocumentFragment();
    let open = [];
    let next = 0;
    for (let at = 0; at + 1 < places.length; at += 1) {
      const [start, end] = [places[at], places[at + 1]];
      open = open.filter((mark) => mark.end > start);
      for (; next < starting.length && starting[next].start <= start; next += 1) {
        if (starting[next].end > start) open.push(starting[next]);
      }
      parts.append(open.length ? this.piece(text.slice(start, end), open) : text.slice(start, end));
    }
    parts.append("\n"); // a last empty line has a height too
    this.mirror.replaceChildren(parts);
  }

  piece(words, marks) {
    const made = document.createElement("span");
    const severity = ["error", "warning", "info"].find((each) => marks.some((mark) => mark.severity === each));
    made.className = `mark ${severity}${marks.some((mark) => mark.number === this.active) ? " active" : ""}`;
    made.dataset.numbers = marks.map((mark) => mark.number).join(" ");
    made.textContent = words;
    return made;
  }

  /** Make one finding stand out in the text, none where the number is null. */
  activate(number) {
    this.active = number;
    for (const piece of this.mirror.querySelectorAll(".mark")) {
      piece.classList.toggle("active", piece.dataset.numbers.split(" ").includes(String(number)));
    }
  }

  /** Select a stretch and bring it into view. */
  go(start, end) {
    this.area.focus({ preventScroll: true });
    this.area.setSelectionRange(start, end);
    this.reveal(start);
  }

  reveal(offset) {
    const walker = document.createTreeWalker(this.mirror, NodeFilter.SHOW_TEXT);
    let left = offset;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (left < node.length || (left === node.length && !node.nextSibling)) {
        const range = document.createRange();
        range.setStart(node, Math.min(left, node.length));
        range.setEnd(node, Math.min(left + 1, node.length));
        const box = range.getBoundingClientRect();
        const wanted = window.innerHeight * 0.38;
        if (box.top < 120 || box.bottom > window.innerHeight - 120) window.scrollBy({ top: box.top - wanted });
        return;
      }
      left -= node.length;
    }
  }

  /** The finding at the caret: the shortest that holds it. */
  at(findings, offset = this.caret) {
    let best = null;
    findings.forEach((finding, number) => {
      const holds = finding.start <= offset && offset <= finding.end && finding.end > finding.start;
      const shorter = best === null || finding.end - finding.start < findings[best].end - findings[best].start;
      if (holds && shorter) best = number;
    });
    return best;
  }
}
