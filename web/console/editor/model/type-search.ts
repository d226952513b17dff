import type { NodeType } from '../../../api/node-types.ts'
import type { NodeTypeCatalogue } from './node-type-catalogue.ts'

export type TypeGroup = { title: string; types: readonly NodeType[] }

/**
 * Recently used types and all types by category, or the best matches for a search text.
 * @param recent type ids.
 */
export function groupTypes(
  catalogue: NodeTypeCatalogue,
  text: string,
  recent: readonly string[],
): TypeGroup[] {
  const query = text.trim().toLowerCase()
  if (query !== '') {
    const found = searchTypes(catalogue, query)
    return found.length === 0 ? [] : [{ title: 'Results', types: found }]
  }
  const used = recent.flatMap((id) => catalogue.newest.find(({ type }) => type === id) ?? [])
  const groups = [
    { title: 'Recent', types: used },
    ...catalogue.categories.map(({ id, title }) => ({
      title,
      types: catalogue.newest.filter(({ category }) => category === id),
    })),
  ]
  return groups.filter(({ types }) => types.length > 0)
}

/** Types that contain all words in title, tags or help. Titles that start with the text come first. */
function searchTypes(catalogue: NodeTypeCatalogue, text: string): NodeType[] {
  const words = text.split(/\s+/).filter((word) => word !== '')
  return catalogue.newest
    .map((type) => ({ type, rank: rankOf(type, text, words) }))
    .filter(({ rank }) => rank < noMatch)
    .sort((one, other) => one.rank - other.rank || one.type.title.localeCompare(other.type.title))
    .map(({ type }) => type)
}

const noMatch = 4

function rankOf({ title, type, tags, help }: NodeType, text: string, words: readonly string[]): number {
  const name = title.toLowerCase()
  const containsAll = (where: string) => words.every((word) => where.includes(word))
  if (name.startsWith(text)) return 0
  if (containsAll(name)) return 1
  if (containsAll(`${name} ${type.toLowerCase()} ${tags.join(' ').toLowerCase()}`)) return 2
  return containsAll(`${name} ${help.toLowerCase()}`) ? 3 : noMatch
}
