/** ". Did you mean …?" if a name is close to one of these. */
export function suggestion(name: string, names: readonly string[]): string {
  const folded = name.toLowerCase()
  const [closest] = names
    .map((each) => ({ each, distance: distance(folded, each.toLowerCase()) }))
    .filter(({ each, distance }) => distance <= Math.max(2, each.length / 3))
    .toSorted((left, right) => left.distance - right.distance)
  return closest === undefined ? '' : `. Did you mean '${closest.each}'?`
}

/** The Levenshtein distance. */
function distance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index)
  for (const [index, letter] of [...left].entries()) {
    const next = [index + 1]
    for (const [place, other] of [...right].entries()) {
      const replaced = (row[place] ?? 0) + (letter === other ? 0 : 1)
      next.push(Math.min(replaced, (row[place + 1] ?? 0) + 1, (next[place] ?? 0) + 1))
    }
    row = next
  }
  return row[right.length] ?? 0
}
