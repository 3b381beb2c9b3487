// The draft in this browser, and nowhere else.

// Whoever signs in after somebody else in the same browser begins with their own.
const NAME = ["shuping-draft", document.body.dataset.person].filter(Boolean).join("-");

/** Return the draft that was kept, null without one. */
export function kept() {
  try {
    const held = JSON.parse(localStorage.getItem(NAME));
    return typeof held?.text === "string" ? held : null;
  } catch {
    return null;
  }
}

/** Keep a draft; return whether the browser had room for it. */
export function keep(draft) {
  try {
    if (draft.text || draft.base) localStorage.setItem(NAME, JSON.stringify(draft));
    else localStorage.removeItem(NAME);
    return true;
  } catch {
    return false;
  }
}

export function forget() {
  try {
    localStorage.removeItem(NAME);
  } catch {
    // There is nothing to delete where nothing can be kept.
  }
}
