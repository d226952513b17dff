import type { Json, JsonObject } from '../../base/json.ts'
import { parseQueryFilter, type QueryFilter } from '../../crest/query-filter.ts'
import type { Bundle } from '../../journeys/exchange/bundle.ts'

/** Attributes that every made-up person has. Those in the first line are unique or checked. */
const own = new Set(['_id', 'userName', 'password', 'mail', 'telephoneNumber'])
const standard = new Set([...own, 'givenName', 'sn', 'cn'])

const madeUp = 'made up'

/** Attributes that nodes and scripts look for, with a value that leads to `true` where there is one. */
export function soughtAttributes({ nodes, scripts }: Pick<Bundle, 'nodes' | 'scripts'>): JsonObject {
  const compared = nodes.flatMap(({ config }): [string, Json][] => {
    const { presentAttribute, comparisonAttribute, comparisonValue } = config
    const name = presentAttribute ?? comparisonAttribute
    if (typeof name !== 'string' || name === '') return []
    return [[name, typeof comparisonValue === 'string' && comparisonValue !== '' ? comparisonValue : madeUp]]
  })
  const filters = [
    ...nodes.flatMap(({ config }) => (typeof config.queryFilter === 'string' ? [config.queryFilter] : [])),
    ...scripts.flatMap(({ source }) => literalsOf(source)),
  ]
  const read = scripts.flatMap(({ source }) =>
    [...source.matchAll(/\bgetAttributeValues\(\s*(["'])([\w-]+)\1/g)].map(
      ([, , name = '']) => [name, madeUp] as const,
    ),
  )
  // The first value of an attribute wins: settings of nodes are surer than texts in scripts.
  const all = [...read, ...filters.flatMap(satisfying).toReversed(), ...compared]
  return Object.fromEntries(all.filter(([name, value]) => !(value === madeUp ? standard : own).has(name)))
}

/** Texts at most, because each of them is tried on each page. */
const maxTexts = 4

/** Texts with which scripts compare. */
export function comparedTexts({ scripts }: Pick<Bundle, 'scripts'>): string[] {
  const compared = /(?:[!=]==?|\bequals(?:IgnoreCase)?\()\s*(["'])((?!true\1|false\1)[^"'\n$]{1,40})\1/g
  const found = scripts.flatMap(({ source }) => [...source.matchAll(compared)].map(([, , text = '']) => text))
  return [...new Set(found)].slice(0, maxTexts)
}

/** Literals of a script that can be query filters. */
function literalsOf(source: string): string[] {
  const literal = /(["'`])((?:(?!\1|\n).)*\s(?:eq|co|sw|ew|pr|lt|le|gt|ge)\b(?:(?!\1|\n).)*)\1/g
  return [...source.matchAll(literal)].map(([, , text = '']) => text)
}

/** Values with which a person matches the filter; none of a filter that is only a part, or that compares with a variable. */
function satisfying(text: string): [string, Json][] {
  try {
    return valuesFor(parseQueryFilter(text)).filter(([, value]) => !JSON.stringify(value).includes('${'))
  } catch {
    return []
  }
}

function valuesFor(filter: QueryFilter): [string, Json][] {
  switch (filter.kind) {
    case 'and':
      return filter.terms.flatMap(valuesFor)
    case 'or':
      return filter.terms.slice(0, 1).flatMap(valuesFor)
    case 'present':
      return [nested(filter.field, madeUp)]
    case 'compare':
      return [nested(filter.field, matching(filter.operator, filter.value))]
    default:
      return []
  }
}

function matching(operator: string, value: Json): Json {
  if (typeof value !== 'number') return value
  if (operator === 'gt') return value + 1
  return operator === 'lt' ? value - 1 : value
}

function nested([name = '', ...deeper]: readonly string[], value: Json): [string, Json] {
  return [name, deeper.reduceRight((inner: Json, part) => ({ [part]: inner }), value)]
}
