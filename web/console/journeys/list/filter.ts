import type { JourneyRow } from '../../../api/journeys.ts'
import { normalizeText } from '../../components/normalize-text.ts'

export const states = ['on', 'off', 'findings', 'unsupported', 'inner'] as const
export const orders = ['name', 'saved', 'findings'] as const

/** Filter and order of the list. They are part of the URL, so that a link shows the same list. */
export type Filter = {
  /** Words that must all occur in a name, description, category, node or script. */
  find?: string | undefined
  category?: string | undefined
  state?: (typeof states)[number] | undefined
  order?: (typeof orders)[number] | undefined
}

export type Category = { name: string; count: number }

const names = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })

function byName(one: string, other: string): number {
  return names.compare(one, other)
}

/** Categories with their number of journeys, by name. */
export function categoriesOf(rows: readonly JourneyRow[]): Category[] {
  const counts = new Map<string, number>()
  for (const name of rows.flatMap(({ categories }) => [...new Set(categories)])) {
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return [...counts]
    .map(([name, count]) => ({ name, count }))
    .toSorted((one, other) => byName(one.name, other.name))
}

export function filtered(
  rows: readonly JourneyRow[],
  { find = '', category, state, order = 'name' }: Filter,
): JourneyRow[] {
  const words = normalizeText(find).split(/\s+/)
  return rows
    .filter(
      (row) =>
        (category === undefined || row.categories.includes(category)) &&
        (state === undefined || fits[state](row)) &&
        words.every((word) => textOf(row).includes(word)),
    )
    .toSorted((one, other) => compare[order](one, other) || byName(one._id, other._id))
}

const fits: Readonly<Record<(typeof states)[number], (row: JourneyRow) => boolean>> = {
  on: ({ enabled }) => enabled,
  off: ({ enabled }) => !enabled,
  findings: ({ findings: { error, warning, hint } }) => error + warning + hint > 0,
  unsupported: ({ unsupported }) => unsupported.length > 0,
  inner: ({ innerTreeOnly }) => innerTreeOnly,
}

const compare: Readonly<Record<(typeof orders)[number], (one: JourneyRow, other: JourneyRow) => number>> = {
  name: () => 0,
  saved: (one, other) => (other.savedAt ?? 0) - (one.savedAt ?? 0),
  findings: ({ findings: one }, { findings: other }) =>
    other.error - one.error || other.warning - one.warning || other.hint - one.hint,
}

const texts = new WeakMap<JourneyRow, string>()

function textOf(row: JourneyRow): string {
  const known = texts.get(row)
  if (known !== undefined) return known
  const nodes = Object.values(row.picture.nodes).flatMap(({ name, type }) => [name, type])
  const text = normalizeText(
    [row._id, row.description, ...row.categories, ...row.scripts, ...nodes].join('\n'),
  )
  texts.set(row, text)
  return text
}
