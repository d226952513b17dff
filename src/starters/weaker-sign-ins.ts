import { isDeepStrictEqual } from 'node:util'
import type { ConfigurationChange } from '../journeys/configuration-store.ts'
import type { Bundle } from '../journeys/exchange/bundle.ts'
import { finding } from '../journeys/exchange/finding.ts'
import { membersOf } from '../journeys/exchange/references.ts'

type Content = Pick<ConfigurationChange, 'journeys' | 'nodes'>

/** Journeys of the samples with which people sign in by password alone. */
const passwordSignIns: ReadonlySet<string> = new Set(['Login', 'PlatformLogin', 'StepUp'])

/**
 * Turns off sign-ins by password alone in a realm with a sign-in of its own, which may ask for more: people could choose the
 * weaker one by its name. Journeys of the realm stay as they are.
 * @param bundle the samples for the realm.
 */
export function withoutWeakerSignIns(
  bundle: Bundle,
  samples: Content,
  realm: Content,
  defaultJourney: string,
): Bundle {
  const present = new Map(realm.journeys.map((journey) => [journey._id, journey]))
  if (!present.has(defaultJourney) || isSample(defaultJourney, samples, realm)) return bundle
  const isWeaker = ({ _id }: { _id: string }) => passwordSignIns.has(_id)
  const notes = bundle.journeys
    .filter((journey) => isWeaker(journey) && !present.has(journey._id))
    .map(({ _id: id }) =>
      finding(
        'note',
        `${id} is added turned off, because it needs only a password, and this realm has a sign-in of its own (${defaultJourney})`,
        { kind: 'journey', id },
      ),
    )
  // rule S29: otherwise starters turn on sign-ins by password alone beside a stronger one
  const journeys = bundle.journeys.map((journey) =>
    isWeaker(journey) ? { ...journey, enabled: present.get(journey._id)?.enabled ?? false } : journey,
  )
  return { ...bundle, journeys, findings: [...bundle.findings, ...notes] }
}

/** Whether the realm has a sign-in of the samples, with the same nodes. */
function isSample(name: string, samples: Content, realm: Content): boolean {
  // rule S29: otherwise a changed journey with the name of a sample counts as the sample
  return passwordSignIns.has(name) && isDeepStrictEqual(nodesOf(name, samples), nodesOf(name, realm))
}

function nodesOf(name: string, { journeys, nodes }: Content): string[] {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  return journeys
    .filter(({ _id }) => _id === name)
    .flatMap((journey) => membersOf(journey, byId))
    .map(({ id, type }) => `${id} ${type}`)
    .toSorted()
}
