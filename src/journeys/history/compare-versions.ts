import { isDeepStrictEqual } from 'node:util'
import type { Comparison, Content } from '../compare/difference.ts'
import { differencesOf } from '../compare/differences.ts'
import { mergedContent } from '../exchange/realm-content.ts'
import { onlyThing } from './content-at.ts'
import type { Versioned } from './version-store.ts'

export type VersionComparison = Comparison & {
  /** Whether only positions on the canvas, or the author and time of a script, differ. */
  isSameInWords: boolean
  isIdentical: boolean
}

/** Compares one thing in two contents of its realm. */
export function compareThing(thing: Versioned, before: Content, after: Content): VersionComparison {
  const [old, now] = [onlyThing(before, thing), onlyThing(after, thing)]
  // Both sides have the same other things, which only name what the thing refers to.
  const named = mergedContent(after, before)
  const comparison = differencesOf(withNames(old, named, thing), withNames(now, named, thing))
  const isIdentical = isDeepStrictEqual(old, now)
  const isSameInWords = comparison.differences.length === 0 && comparison.unknown.length === 0
  return { ...comparison, isIdentical, isSameInWords: !isIdentical && isSameInWords }
}

function withNames(one: Content, all: Content, { kind }: Versioned): Content {
  const isDocument = kind !== 'journey' && kind !== 'script' && kind !== 'customNodeType'
  return {
    ...one,
    scripts: kind === 'script' ? one.scripts : all.scripts,
    customNodeTypes: kind === 'customNodeType' ? one.customNodeTypes : all.customNodeTypes,
    documents: isDocument ? one.documents : all.documents,
  }
}
