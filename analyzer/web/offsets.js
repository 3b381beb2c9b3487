// The server counts code points, JavaScript counts halves of UTF-16.

const PAIR = /[\ud800-\udbff][\udc00-\udfff]/;

/** Return what turns an offset in code points into one of this string. */
export function fromPoints(text) {
  if (!PAIR.test(text)) return (offset) => offset;
  const starts = [];
  for (let at = 0; at < text.length; at += text.codePointAt(at) > 0xffff ? 2 : 1) starts.push(at);
  starts.push(text.length);
  return (offset) => starts[Math.min(offset, starts.length - 1)];
}

/** Return the view with all its offsets counted as this string does. */
export function moved(view, text) {
  const to = fromPoints(text);
  return mapped(view, (offset) => to(offset));
}

/** Return the place where two strings part, and where they come together again in each. */
export function difference(before, after) {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start += 1;
  let tail = 0;
  while (tail < most - start && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  return { start, before: before.length - tail, after: after.length - tail };
}

/** Return the view of a text as it stands after an edit; what the edit cut into is marked as open. */
export function carried(view, before, after) {
  if (before === after) return view;
  const edit = difference(before, after);
  const shift = edit.after - edit.before;
  // What is typed at the edge of a mark is outside it.
  return mapped(view, (offset, name) => {
    if (name === "start" && offset >= edit.before) return offset + shift;
    if (offset <= edit.start) return offset;
    return offset >= edit.before ? offset + shift : Math.min(offset, edit.after);
  });
}

function mapped(value, to) {
  if (Array.isArray(value)) return value.map((each) => mapped(each, to));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [
      name,
      (name === "start" || name === "end") && each !== null ? to(each, name) : mapped(each, to),
    ]),
  );
}
