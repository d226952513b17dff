import type { Journey, NodeSettings } from '../../../engine/journey.ts'
import type { ConfigurationStore } from '../../../journeys/configuration-store.ts'
import type { Revisions } from '../../../journeys/revisions.ts'
import type { Realm } from '../../../realms/realm.ts'

type CheckSources = { configuration: Pick<ConfigurationStore, 'journeys'>; revisions: Revisions }

type ConfiguredCheck = { journey: string; title: string; description: string }

/** A check that a desk can start. */
export type OfferedCheck = ConfiguredCheck & {
  /** Whether its page asks for the caller's email address. */
  takesMail: boolean
  /** Lifetime of its link. */
  lifeSeconds: number
}

const openingNode = 'BackChannelInitNode'

/** The checks in the settings, or else all front journeys. Excludes those that cannot be started. */
export async function offeredChecks(from: CheckSources, realm: Realm): Promise<OfferedCheck[]> {
  const { checks } = realm.settings.helpDesk
  const configured = checks.length > 0 ? checks : await allFrontJourneys(from, realm)
  const offered = await Promise.all(configured.map((check) => offer(from, realm, check)))
  return offered.filter((check) => check !== undefined)
}

async function allFrontJourneys(
  { configuration }: CheckSources,
  { path }: Realm,
): Promise<ConfiguredCheck[]> {
  const journeys = await configuration.journeys(path)
  return journeys
    .filter(({ nodes }) => Object.values(nodes).some(({ nodeType }) => nodeType === openingNode))
    .map(({ _id, description = '' }) => ({ journey: _id, title: _id, description }))
}

async function offer(
  { revisions }: CheckSources,
  { path, settings }: Realm,
  { journey: name, title, description }: ConfiguredCheck,
): Promise<OfferedCheck | undefined> {
  const frozen = await revisions.current(path, name)
  const journey = frozen?.content.journeys[name]
  if (frozen === undefined || journey === undefined || !isStartable(journey)) return undefined
  const nodes = Object.values(frozen.content.journeys).flatMap(nodesOf)
  const timeout = nodes.find(({ type }) => type === openingNode)?.config.timeout
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
