// Elements from plain data; text never becomes markup.

export const $ = (id) => document.getElementById(id);

/** Return a new element; attributes that are null, undefined or false are left out. */
export function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

/** Put children in place, keeping those that say the same as before, and the focus. */
export function patch(parent, items) {
  const old = parent.kept ?? new Map();
  const kept = new Map();
  const focused = parent.contains(document.activeElement) ? document.activeElement : null;
  const children = items.map(({ key, make }) => {
    let name = key;
    for (let copy = 1; kept.has(name); copy += 1) name = `${key}#${copy}`;
    const child = old.get(name) ?? make();
    kept.set(name, child);
    return child;
  });
  parent.kept = kept;
  if (children.length === parent.children.length && children.every((child, at) => child === parent.children[at])) {
    return children;
  }
  parent.replaceChildren(...children);
  if (focused && focused !== document.activeElement && parent.contains(focused)) {
    focused.focus({ preventScroll: true });
  }
  return children;
}
