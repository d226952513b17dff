import type { AnswerOf } from '../../contract/endpoint.ts'
import { countPeriods, readCounts as readEndpoint } from '../../contract/journey-counts.ts'
import { callEndpoint } from './endpoint.ts'

/** How often sign-ins took each connection of a journey. */
export type JourneyCounts = AnswerOf<typeof readEndpoint>
export type CountPeriod = (typeof countPeriods)[number]

export { countPeriods }

/** @param query `version`: the number of one version; by default all versions count. */
export function readJourneyCounts(
  realm: string,
  name: string,
  query: { period: CountPeriod; version?: number | undefined },
  signal?: AbortSignal,
): Promise<JourneyCounts> {
  return callEndpoint(readEndpoint, { realm, name, query, signal })
}
