import { normalizeText } from '../components/normalize-text.ts'

export const kinds = ['journey', 'customNode', 'script', 'place'] as const

/** A search result. */
export type Entry = {
  kind: (typeof kinds)[number]
  /** Identifies it in the URL. */
  id: string
  name: string
  /** Secondary text, also searched. */
  detail: string
}

/** The best matches of one kind, and the number of further ones. */
export type Group = { kind: Entry['kind']; entries: Entry[]; more: number }

/** Maximum number of results per kind. */
const maxPerKind = 6

/** Entries that contain all words, best match first. An empty query lists the pages. */
export function searchEntries(entries: readonly Entry[], text: string): Group[] {
  const query = normalizeText(text)
  const ranked = entries
    .filter(({ kind }) => query !== '' || kind === 'place')
    .map((entry) => ({ entry, rank: rankOf(entry, query) }))
    .filter(({ rank }) => rank < noMatch)
    // The sort is stable: entries of one rank keep their order.
    .toSorted((one, other) => one.rank - other.rank)
  const groups = Map.groupBy(ranked, ({ entry }) => entry.kind)
  // The kind with the best match comes first, because Enter opens the first entry.
  return [...groups].map(([kind, all]) => {
    const entries = all.map(({ entry }) => entry)
    const most = query === '' ? entries.length : maxPerKind
    return { kind, entries: entries.slice(0, most), more: Math.max(0, entries.length - most) }
  })
}

const noMatch = 9

function rankOf({ name, detail }: Entry, query: string): number {
  const title = normalizeText(name)
  if (title === query) return 0
  if (title.startsWith(query)) return 1
  const words = query.split(/\s+/)
  if (words.every((word) => startsWord(title, word))) return 2
  if (words.every((word) => title.includes(word))) return 3
  const all = `${title} ${normalizeText(detail)}`
  return words.every((word) => all.includes(word)) ? 4 : noMatch
}

function startsWord(title: string, word: string): boolean {
  return title.split(/[^\p{L}\p{N}]+/u).some((part) => part.startsWith(word))
}
