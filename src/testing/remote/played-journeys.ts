import type { Bundle } from '../../journeys/exchange/bundle.ts'
import { effectiveWalk } from '../effective-walk.ts'
import { journeysOf } from '../project/check-names.ts'
import type { LoadedTask } from '../run-tests.ts'
import { unplayable } from './unplayable.ts'

/** The journeys that walks start on a server where their people are created. */
export function playedJourneys(
  tasks: readonly LoadedTask[],
  environment: Readonly<Record<string, string | undefined>>,
  bundle: Bundle,
): string[] {
  const journeys = tasks.flatMap(({ file: { content }, index }) => {
    const given = content.walks[index]
    if (given === undefined) return []
    const walk = effectiveWalk(content, given)
    const reason = unplayable({ file: content, walk, isProvisioned: true, environment, bundle })
    return reason === undefined ? journeysOf(content, given, walk.parties) : []
  })
  return [...new Set(journeys)]
}
