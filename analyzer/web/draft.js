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
    if (draft.text) localStorage.setItem(NAME, JSON.stringify(draft));
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

// The file that the draft was opened from stands in a database of the browser: its other store takes only text.
const FILES = "files";
const OPENED = "opened";

/** Return the file that was kept with the text that was read from it, null without one. */
export function keptFile() {
  return inFiles("readonly", (files) => files.get(OPENED)).then((held) => held ?? null, () => null);
}

/** Keep what was opened, nothing where it is null; say whether the browser had room, else a reload will not have it. */
export function keepFile(opened) {
  const done = opened ? inFiles("readwrite", (files) => files.put(opened, OPENED)) : forgetFile();
  return done.then(() => true, () => false);
}

async function forgetFile() {
  return answered(indexedDB.deleteDatabase(NAME));
}

async function inFiles(mode, ask) {
  const opening = indexedDB.open(NAME);
  opening.onupgradeneeded = () => opening.result.createObjectStore(FILES);
  const database = await answered(opening);
  try {
    const transaction = database.transaction(FILES, mode);
    const written = mode === "readwrite" && new Promise((done, failed) => {
      transaction.oncomplete = done;
      transaction.onabort = failed;
    });
    const [found] = await Promise.all([answered(ask(transaction.objectStore(FILES))), written]);
    return found;
  } finally {
    database.close(); // else nobody could delete it
  }
}

function answered(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
