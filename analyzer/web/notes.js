// Notes in the text that let a finding stand, and why.

const NOTE = /<!-- shuping: ignore [a-z0-9-]+(?: “[^<>\n]*”)? 理由：[^<>]* -->/g;

/** Return the note that lets a finding stand in the sentence before it; empty without a reason. */
export function noteOf(finding, reason) {
  const words = reason.replace(/--+>?|[\r\n<>]/g, " ").trim();
  return words && `<!-- shuping: ignore ${finding.ignore} 理由：${words} -->`;
}

/** Return a text without such notes. */
export function withoutNotes(text) {
  return text.replace(NOTE, "");
}
