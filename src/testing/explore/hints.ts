import type { Bundle } from '../../journeys/exchange/bundle.ts'

/** What the scripts and settings of a journey expect of answers. */
export type Hints = {
  /** Texts with which scripts compare. */
  texts: readonly string[]
  /** A trusted location. */
  place: { latitude: number; longitude: number } | undefined
  /** Successful HTTP statuses other than 200 that scripts expect of services. */
  statuses: readonly number[]
}

/** Texts at most, because each of them is tried on each page. */
const maxTexts = 4

/** @param parts a journey with everything that it needs. */
export function hintsIn({ nodes, scripts }: Pick<Bundle, 'nodes' | 'scripts'>): Hints {
  const found = (pattern: RegExp) => [
    ...new Set(
      scripts.flatMap(({ source }) => [...source.matchAll(pattern)].map((match) => match.at(-1) ?? '')),
    ),
  ]
  const [latitude, longitude] =
    nodes
      .flatMap(({ config }) => (Array.isArray(config.locations) ? config.locations : []))
      .flatMap((text) => (typeof text === 'string' ? [text.split(',').map(Number)] : []))[0] ?? []
  return {
    texts: found(/(?:[!=]==?|\bequals(?:IgnoreCase)?\()\s*(["'])((?!true\1|false\1)[^"'\n$]{1,40})\1/g).slice(
      0,
      maxTexts,
    ),
    place: latitude === undefined || longitude === undefined ? undefined : { latitude, longitude },
    statuses: found(/status\w*\s*(?:[!=]==?|=)\s*(20[1-6])\b/gi).map(Number),
  }
}
