import type { Bundle } from '../exchange/bundle.ts'
import { closureOf } from '../exchange/closure.ts'

/**
 * Two contents without anything that these journeys don't need, before or after. A script that a journey no longer runs stays in
 * both, so that it isn't taken for a removed one.
 */
export function onlyJourneys(
  names: readonly string[],
  { before, after }: { before: Bundle; after: Bundle },
): { before: Bundle; after: Bundle } {
  const closures = [before, after].map((content) => closureOf(names, content, 'inner journeys'))
  const journeys = new Set(closures.flatMap((one) => one.journeys.map(({ _id }) => _id)))
  const scripts = new Set(closures.flatMap((one) => one.scripts.map(({ id }) => id)))
  const types = new Set(closures.flatMap((one) => one.customNodeTypes.map(({ serviceName }) => serviceName)))
  const documents = new Set(closures.flatMap((one) => one.documents.map(({ kind, id }) => `${kind}/${id}`)))
  const only = (content: Bundle): Bundle => ({
    ...content,
    journeys: content.journeys.filter(({ _id }) => journeys.has(_id)),
    scripts: content.scripts.filter(({ id }) => scripts.has(id)),
    customNodeTypes: content.customNodeTypes.filter(({ serviceName }) => types.has(serviceName)),
    documents: content.documents.filter(({ kind, id }) => documents.has(`${kind}/${id}`)),
  })
  return { before: only(before), after: only(after) }
}
