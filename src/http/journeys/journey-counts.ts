import type { AnswerOf } from '../../../contract/endpoint.ts'
import { countPeriods, readCounts } from '../../../contract/journey-counts.ts'
import { badRequest, notFound } from '../../base/errors.ts'
import { wholeNumber } from '../../crest/collection.ts'
import type { ConfigurationStore } from '../../journeys/configuration-store.ts'
import type { CountStore } from '../../journeys/counts/count-store.ts'
import type { JourneyCounts } from '../../journeys/counts/journey-counts.ts'
import { type CountSummary, summaryOf } from '../../journeys/counts/summary.ts'
import type { VersionStore } from '../../journeys/history/version-store.ts'
import { type Answer, type Call, param, type Route } from '../route.ts'

type CountDependencies = {
  counts: Pick<CountStore, 'read'>
  journeyCounts: Pick<JourneyCounts, 'settle'>
  versions: Pick<VersionStore, 'list'>
  configuration: Pick<ConfigurationStore, 'journey'>
  now(): number
}

const hourMs = 3_600_000

const periods: Readonly<Record<(typeof countPeriods)[number], number>> = {
  hour: hourMs,
  day: 24 * hourMs,
  month: 30 * 24 * hourMs,
}

/** Versions that counts can be assigned to. */
const maxVersions = 200

/** How often sign-ins took each connection of a journey, and how long they took. Not in AM. */
export function journeyCountRoutes(from: CountDependencies): Route[] {
  return [
    {
      ...readCounts,
      access: 'journeys',
      summary:
        'Counts how often sign-ins took each connection of a journey in the last hour, day or month (`period`), of one `version` or of all.',
      handle: (call) => read(from, call),
    },
  ]
}

async function read(from: CountDependencies, call: Call): Promise<Answer> {
  const realm = call.realm.path
  const name = param(call, 'name')
  if ((await from.configuration.journey(realm, name)) === undefined) {
    throw notFound(`There is no journey ${name}`)
  }
  const since = from.now() - periods[periodIn(call.query.get('period'))]
  // So that the counts of this server are complete.
  await from.journeyCounts.settle()
  const [sums, versions] = await Promise.all([
    from.counts.read(realm, name, since),
    from.versions.list({ realm, kind: 'journey', id: name }, { limit: maxVersions }),
  ])
  const number = call.query.has('version') ? wholeNumber(call.query, 'version') : undefined
  return {
    body: { since, ...toResource(summaryOf(sums, versions, number)) } satisfies AnswerOf<typeof readCounts>,
  }
}

function periodIn(text: string | null): (typeof countPeriods)[number] {
  if (text === null) return 'day'
  const period = countPeriods.find((each) => each === text)
  if (period === undefined) {
    throw badRequest(`The query parameter period must be one of ${countPeriods.join(', ')}`)
  }
  return period
}

function toResource({
  versions,
  connections,
  errors,
}: CountSummary): Omit<AnswerOf<typeof readCounts>, 'since'> {
  return {
    versions: versions.map(({ version, starts }) => ({
      number: version?.number ?? null,
      savedAt: version?.at ?? null,
      savedBy: version?.by?.name ?? null,
      note: version?.note ?? null,
      starts,
    })),
    connections: connections.map(({ medianMs = null, ...connection }) => ({ ...connection, medianMs })),
    errors,
  }
}
