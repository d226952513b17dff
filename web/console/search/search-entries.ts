import { normalizeText } from '../components/normalize-text.ts'

export const kinds = ['journey', 'customNode', 'script', 'place'] as const

/** Something that the search can lead to. */
export type Entry = {
  kind: (typeof kinds)[number]
  /** What names it in an address. */
  id: string
  name: string
  /** What else is said of it, and searched. */
  detail: string
}

/** The best of one kind, and how many fit besides. */
export type Group = { kind: Entry['kind']; entries: Entry[]; more: number }

/** So many of a kind are shown. */
const maxPerKind = 6

/** What fits all of the words, the best first. Without a word, the places. */
export function searchEntries(entries: readonly Entry[], text: string): Group[] {
  const query = normalizeText(text)
  const ranked = entries
    .filter(({ kind }) => query !== '' || kind === 'place')
    .map((entry) => ({ entry, rank: rankOf(entry, query) }))
    .filter(({ rank }) => rank < noMatch)
    // Of one rank they stay in the order in which they came.
    .toSorted((one, other) => one.rank - other.rank)
  const groups = Map.groupBy(ranked, ({ entry }) => entry.kind)
  // The kind of the very best comes first: Enter opens it.
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
