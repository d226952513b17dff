import type { Journey, NodeSettings } from '../../../engine/journey.ts'
import type { ConfigurationStore } from '../../../journeys/configuration-store.ts'
import type { Revisions } from '../../../journeys/revisions.ts'
import type { Realm } from '../../../realms/realm.ts'

type CheckSources = { configuration: Pick<ConfigurationStore, 'journeys'>; revisions: Revisions }

type Wanted = { journey: string; title: string; description: string }

/** A check as a desk offers it. */
export type OfferedCheck = Wanted & {
  /** Whether its page asks for the caller's mail address. */
  takesMail: boolean
  /** How long its link works. */
  lifeSeconds: number
}

const opens = 'BackChannelInitNode'

/** Those of the settings, or all there are; without those that nobody could start. */
export async function offeredChecks(from: CheckSources, realm: Realm): Promise<OfferedCheck[]> {
  const { checks } = realm.settings.helpDesk
  const wanted = checks.length > 0 ? checks : await everyJourney(from, realm)
  const offered = await Promise.all(wanted.map((check) => offer(from, realm, check)))
  return offered.filter((check) => check !== undefined)
}

async function everyJourney({ configuration }: CheckSources, { path }: Realm): Promise<Wanted[]> {
  const journeys = await configuration.journeys(path)
  return journeys
    .filter(({ nodes }) => Object.values(nodes).some(({ nodeType }) => nodeType === opens))
    .map(({ _id, description = '' }) => ({ journey: _id, title: _id, description }))
}

async function offer(
  { revisions }: CheckSources,
  { path, settings }: Realm,
  { journey: name, title, description }: Wanted,
): Promise<OfferedCheck | undefined> {
  const frozen = await revisions.current(path, name)
  const journey = frozen?.content.journeys[name]
  if (frozen === undefined || journey === undefined || !isStartable(journey)) return undefined
  const nodes = Object.values(frozen.content.journeys).flatMap(nodesOf)
  const timeout = nodes.find(({ type }) => type === opens)?.config.timeout
  return {
    journey: name,
    title: title || name,
    description,
    takesMail: nodes.some(asksForMail),
    lifeSeconds: typeof timeout === 'number' ? timeout : settings.transactionSeconds,
  }
}

function isStartable({ enabled, innerTreeOnly, transactionalOnly }: Journey): boolean {
  return enabled && !innerTreeOnly && !transactionalOnly
}

function nodesOf({ nodes, children }: Journey): NodeSettings[] {
  return [...Object.values(nodes), ...Object.values(children)]
}

function asksForMail({ type, config }: NodeSettings): boolean {
  const { attributesToCollect } = config
  if (type !== 'AttributeCollectorNode' || !Array.isArray(attributesToCollect)) return false
  return attributesToCollect.includes('mail')
}
