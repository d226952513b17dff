/** A row of a table of rules in SECURITY.md. */
export type RuleRow = {
  id: string
  cells: string[]
  /** Files of tests. */
  tests: string[]
}

const row = /^\| ([HRS]\d+) \| (.+) \|$/gm
/** Rules of the help desk and the server: rule, places, tests. Findings have the finding before, and the attack after them. */
const placesAt = (id: string) => (id.startsWith('S') ? 2 : 1)

export function ruleRows(page: string): RuleRow[] {
  return [...page.matchAll(row)].map(([, id = '', text = '']) => {
    const cells = text.split(' | ')
    return { id, cells, tests: pathsIn(cells[placesAt(id) + 1] ?? '') }
  })
}

/** Paths of files and folders in backticks. */
export function pathsIn(text: string): string[] {
  const paths = /`((?:\.\/)?(?:bin|contract|demo|docs|quality|samples|src|test|texts|tools|web)\/[\w./-]*)`/g
  return [...text.matchAll(paths)].map(([, path = '']) => path)
}

/**
 * The page with the places of all rules that have any. The rest of a row is written by hand.
 * @param places by rule.
 */
export function withPlaces(page: string, places: ReadonlyMap<string, readonly string[]>): string {
  return page.replace(row, (line, id: string, text: string) => {
    const files = places.get(id)
    if (files === undefined) return line
    const cells = text.split(' | ').with(placesAt(id), files.map((file) => `\`${file}\``).join(', '))
    return `| ${id} | ${cells.join(' | ')} |`
  })
}
