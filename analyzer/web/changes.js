// What is different from the check that the writer set as the start.

const CLAUSE_END = /[，。；：！？、,;:!?\s]+/;

/** Whether two texts are versions of one: half of the clauses of the shorter stand in the other, too. */
export function alike(one, other) {
  if (one === other) return true;
  const [few, many] = [one, other].map((text) => new Set(text.split(CLAUSE_END).filter(Boolean))).sort((a, b) => a.size - b.size);
  return few.size > 0 && 2 * [...few].filter((clause) => many.has(clause)).length >= few.size;
}

/** Return what is remembered of a check by some settings. */
export function remembered(view, when, by) {
  return {
    when,
    by,
    score: view.score ? view.score.overall : null,
    findings: view.findings.map((finding) => ({
      key: `${finding.rule}\n${finding.evidence}`,
      title: finding.title,
      evidence: finding.evidence,
    })),
  };
}

/** Return the findings that are gone and the numbers of those that are new. */
export function compared(base, view) {
  const before = new Map();
  for (const finding of base.findings) before.set(finding.key, [...(before.get(finding.key) ?? []), finding]);
  const fresh = [];
  view.findings.forEach((finding, number) => {
    const same = before.get(`${finding.rule}\n${finding.evidence}`);
    if (same?.length) same.pop();
    else fresh.push(number);
  });
  const score = view.score && base.score !== null ? view.score.overall - base.score : null;
  return { gone: [...before.values()].flat(), fresh, score };
}
