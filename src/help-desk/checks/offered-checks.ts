import { asText } from '../../base/as-text.ts'
import type { Journey, NodeSettings } from '../../engine/journey.ts'
import { type Level, levelOf } from '../../engine/level.ts'
import type { ConfigurationStore } from '../../journeys/configuration-store.ts'
import { provableMethods, reachableNodes } from '../../journeys/provable-methods.ts'
import type { FrozenJourney, Revisions } from '../../journeys/revisions.ts'
import type { Realm } from '../../realms/realm.ts'

export type CheckSources = { configuration: Pick<ConfigurationStore, 'journeys'>; revisions: Revisions }

type ConfiguredCheck = { journey: string; title: string; description: string }

/** A check that a desk can start. */
export type OfferedCheck = ConfiguredCheck & {
  /** Whether its page asks for the caller's email address. */
  takesMail: boolean
  /** Lifetime of its link. */
  lifeSeconds: number
  /** The highest level that the caller can reach. */
  level: Level
  /** Whether a second agent can approve it. */
  hasSecondAgent: boolean
  /** Whether a caller can type the code that the agent reads out: without it, no result can be used. */
  asksCode: boolean
}

const codeNode = 'SidegateVerificationCodeNode'
const openingNode = 'BackChannelInitNode'
const secondAgentNode = 'SidegateSecondAgentNode'

/** The checks in the settings, or else all front journeys. Excludes those that cannot be started. */
export async function offeredChecks(from: CheckSources, realm: Realm): Promise<OfferedCheck[]> {
  const { checks } = realm.settings.helpDesk
  const configured =
    checks.length > 0 ? checks.filter(({ atDesk }) => atDesk) : await allFrontJourneys(from, realm)
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
  { revisions }: Pick<CheckSources, 'revisions'>,
  { path, settings }: Realm,
  { journey: name, title, description }: ConfiguredCheck,
): Promise<OfferedCheck | undefined> {
  const frozen = await revisions.current(path, name)
  const journey = frozen?.content.journeys[name]
  if (frozen === undefined || journey === undefined || !isStartable(journey)) return undefined
  const nodes = Object.values(frozen.content.journeys).flatMap(nodesOf)
  const { typeNamed } = frozen
  const callers = await callersJourneys({ revisions }, path, frozen)
  const timeout = nodes.find(({ type }) => type === openingNode)?.config.timeout
  return {
    journey: name,
    title: title || name,
    description,
    takesMail: nodes.some(asksForMail),
    lifeSeconds: typeof timeout === 'number' ? timeout : settings.transactionSeconds,
    level: highest(callers.map((caller) => levelOf(provableMethods(caller)))),
    asksCode: callers.some(asksForCode),
    hasSecondAgent: reachableNodes(frozen).some(
      ({ type, version }) => type === secondAgentNode || typeNamed(type, version)?.proves !== undefined,
    ),
  }
}

/** The journeys that callers run: those that the nodes of a check's front journey open. */
export async function callersJourneys(
  { revisions }: Pick<CheckSources, 'revisions'>,
  realm: string,
  front: FrozenJourney,
): Promise<FrozenJourney[]> {
  const nodes = Object.values(front.content.journeys).flatMap(nodesOf)
  const names = nodes.filter(({ type }) => type === openingNode).map(({ config }) => asText(config.tree))
  const found = await Promise.all(names.map((name) => revisions.current(realm, name)))
  return found.filter((each) => each !== undefined)
}

/** Whether a caller's journey, or an inner journey, asks for the code that the agent reads out. */
export function asksForCode(frozen: Pick<FrozenJourney, 'content'>): boolean {
  return reachableNodes(frozen).some(({ type }) => type === codeNode)
}

export function highest(levels: readonly Level[]): Level {
  return levels.toSorted().at(-1) ?? 0
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
