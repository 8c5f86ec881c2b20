// One text, changed by two: lines that only one has changed are theirs; where both have, nobody decides here.

function changed(before, after) {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < before.length - start && end < after.length - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  return { start, end: before.length - end, lines: after.slice(start, after.length - end) };
}

/** What I have typed since `before`, with what came from elsewhere; null where both touch the same lines. */
export function merged(before, theirs, mine) {
  if (mine === before || mine === theirs) return theirs;
  if (theirs === before) return mine;
  const base = before.split("\n");
  const [one, two] = [changed(base, theirs.split("\n")), changed(base, mine.split("\n"))];
  if ((one.start < two.end && two.start < one.end) || one.start === two.start) return null;
  const [first, second] = one.start < two.start ? [one, two] : [two, one];
  return [...base.slice(0, first.start), ...first.lines, ...base.slice(first.end, second.start), ...second.lines, ...base.slice(second.end)].join("\n");
}
