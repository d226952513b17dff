import type { NodeType } from '../../../api/node-types.ts'
import type { TypeBook } from './node-type-catalogue.ts'

export type TypeGroup = { title: string; types: readonly NodeType[] }

/**
 * Node types by family, those that were used last before them; or those that fit a text, the best first.
 * @param recent ids of types.
 */
export function groupsOf(book: TypeBook, text: string, recent: readonly string[]): TypeGroup[] {
  const wanted = text.trim().toLowerCase()
  if (wanted !== '') {
    const found = searchTypes(book, wanted)
    return found.length === 0 ? [] : [{ title: 'Found', types: found }]
  }
  const used = recent.flatMap((id) => book.newest.find(({ type }) => type === id) ?? [])
  const groups = [
    { title: 'Recent', types: used },
    ...book.families.map(({ id, title }) => ({
      title,
      types: book.newest.filter(({ family }) => family === id),
    })),
  ]
  return groups.filter(({ types }) => types.length > 0)
}

/** Types whose title, tags or help hold all words; those whose title begins with the text first. */
function searchTypes(book: TypeBook, text: string): NodeType[] {
  const words = text.split(/\s+/).filter((word) => word !== '')
  return book.newest
    .map((type) => ({ type, rank: rankOf(type, text, words) }))
    .filter(({ rank }) => rank < noFit)
    .sort((one, other) => one.rank - other.rank || one.type.title.localeCompare(other.type.title))
    .map(({ type }) => type)
}

const noFit = 4

function rankOf({ title, type, tags, help }: NodeType, text: string, words: readonly string[]): number {
  const name = title.toLowerCase()
  const holdsAll = (where: string) => words.every((word) => where.includes(word))
  if (name.startsWith(text)) return 0
  if (holdsAll(name)) return 1
  if (holdsAll(`${name} ${type.toLowerCase()} ${tags.join(' ').toLowerCase()}`)) return 2
  return holdsAll(`${name} ${help.toLowerCase()}`) ? 3 : noFit
}
