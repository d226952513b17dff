import { startId } from '../../engine/journey.ts'
import type { Version } from '../history/version-store.ts'
import type { ConnectionSum } from './count-store.ts'
import { medianOf } from './durations.ts'

/** A version of the journey that sign-ins used, as far as it is known. */
export type CountedVersion = {
  /** Undefined: older than the versions that are kept. */
  version: Version | undefined
  starts: number
}

export type CountedConnection = {
  nodeId: string
  /** Empty for the start. */
  outcome: string
  count: number
  /** The median from the arrival at the node until it was left by this outcome. */
  medianMs: number | undefined
}

export type CountSummary = {
  /** Newest first. */
  versions: CountedVersion[]
  connections: CountedConnection[]
  /** How often nodes ended their journey with an error. */
  errors: { nodeId: string; count: number }[]
}

/**
 * Sums up the counts of a journey.
 * @param versions of the journey, newest first.
 * @param number of the version to count; undefined counts all.
 */
export function summaryOf(
  sums: readonly ConnectionSum[],
  versions: readonly Version[],
  number: number | undefined,
): CountSummary {
  const versionOf = versionsOfRevisions(sums, versions)
  const counted =
    number === undefined ? sums : sums.filter(({ revision }) => versionOf.get(revision)?.number === number)
  const byConnection = Map.groupBy(
    counted.filter(({ isError }) => !isError),
    ({ nodeId, outcome }) => JSON.stringify([nodeId, outcome]),
  )
  const byNode = Map.groupBy(
    counted.filter(({ isError }) => isError),
    ({ nodeId }) => nodeId,
  )
  return {
    versions: countedVersions(sums, versionOf),
    connections: [...byConnection.values()].flatMap(connectionOf),
    errors: [...byNode].map(([nodeId, each]) => ({ nodeId, count: total(each) })),
  }
}

/**
 * The version of the journey in each revision: the newest one when the revision was first used, because sign-ins start with
 * the current version.
 */
function versionsOfRevisions(
  sums: readonly ConnectionSum[],
  versions: readonly Version[],
): Map<string, Version | undefined> {
  const revisions = Map.groupBy(sums, ({ revision }) => revision)
  return new Map(
    [...revisions].map(([revision, each]) => {
      const firstUse = Math.min(...each.map(({ firstAt }) => firstAt))
      return [revision, versions.find(({ at = 0 }) => at <= firstUse)]
    }),
  )
}

function countedVersions(
  sums: readonly ConnectionSum[],
  versionOf: ReadonlyMap<string, Version | undefined>,
): CountedVersion[] {
  const byVersion = Map.groupBy(sums, ({ revision }) => versionOf.get(revision))
  return [...byVersion]
    .map(([version, each]) => ({ version, starts: total(each.filter(({ nodeId }) => nodeId === startId)) }))
    .toSorted((one, other) => (other.version?.number ?? 0) - (one.version?.number ?? 0))
}

function connectionOf(sums: readonly ConnectionSum[]): CountedConnection[] {
  const [first] = sums
  if (first === undefined) return []
  const { nodeId, outcome } = first
  const classes = sums.map(({ durationClass, count }) => ({ class: durationClass, count }))
  return [{ nodeId, outcome, count: total(sums), medianMs: medianOf(classes) }]
}

function total(sums: readonly ConnectionSum[]): number {
  return sums.reduce((sum, { count }) => sum + count, 0)
}
