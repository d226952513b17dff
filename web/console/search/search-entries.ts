import { normalizeText } from '../components/normalize-text.ts'

/** In the order of groups that match equally well. */
export const kinds = [
  'journey',
  'place',
  'customNode',
  'script',
  'action',
  'person',
  'node',
  'setting',
] as const

/** A search result. */
export type Entry = {
  kind: (typeof kinds)[number]
  /** Identifies it within its kind and journey; a setting's is its path, such as `lockout.maxFailures`. */
  id: string
  name: string
  /** Secondary text, also searched. */
  detail: string
  /** Further words to find it by. */
  words?: string
  /** The journey of a node. */
  journey?: string
  /** The server has found it by the query, perhaps by an attribute that isn't shown. */
  isFound?: true
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
    // The sort is stable: within a rank and kind, entries keep their order.
    .toSorted(
      (one, other) =>
        one.rank - other.rank || kinds.indexOf(one.entry.kind) - kinds.indexOf(other.entry.kind),
    )
  const groups = Map.groupBy(ranked, ({ entry }) => entry.kind)
  // The kind with the best match comes first, because Enter opens the first entry.
  return [...groups].map(([kind, all]) => {
    const entries = all.map(({ entry }) => entry)
    const most = query === '' ? entries.length : maxPerKind
    return { kind, entries: entries.slice(0, most), more: Math.max(0, entries.length - most) }
  })
}

/** Tells entries apart. */
export function keyOf({ kind, journey = '', id }: Entry): string {
  return JSON.stringify([kind, journey, id])
}

const noMatch = 10

function rankOf({ kind, name, detail, words: more = '', isFound }: Entry, query: string): number {
  const title = normalizeText(name)
  if (title === query) return 0
  // Settings have titles of many words, and are sought less often than things.
  const behind = kind === 'setting' ? 4 : 0
  if (title.startsWith(query)) return 1 + behind
  const words = query.split(/\s+/)
  if (words.every((word) => startsWord(title, word))) return 2 + behind
  if (words.every((word) => title.includes(word))) return 3 + behind
  const all = normalizeText(`${name} ${detail} ${more}`)
  if (words.every((word) => startsWord(all, word))) return 4 + behind
  return isFound || words.every((word) => all.includes(word)) ? 5 + behind : noMatch
}

function startsWord(title: string, word: string): boolean {
  return title.split(/[^\p{L}\p{N}]+/u).some((part) => part.startsWith(word))
}
