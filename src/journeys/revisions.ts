import { OperationError } from '../base/errors.ts'
import type { JsonObject } from '../base/json.ts'
import { type Awaitable, andThen } from '../base/work.ts'
import { connectedOutcomes, type Journey, type NodeSettings } from '../engine/journey.ts'
import { type AnyNodeType, outcomeIds } from '../engine/node-type.ts'
import type { EsvLookup } from '../engine/placeholders.ts'
import { nodeTypeNamed } from '../nodes/catalogue.ts'
import { designerNode } from '../nodes/designer-node.ts'
import { placedIn } from '../nodes/settings-of.ts'
import type { ScriptStore } from '../scripts/script-store.ts'
import { digest } from '../secrets/digest.ts'
import type { Sealer } from '../secrets/seal.ts'
import { openValues, withoutSealed } from '../secrets/sealed-value.ts'
import type { ConfigurationStore } from './configuration-store.ts'
import type { CustomNodeStore } from './custom-node-store.ts'
import type { DraftStore } from './drafts/draft-store.ts'
import { withPublishedSecrets } from './drafts/published-secrets.ts'
import { wholeJourney } from './edit/whole-journey.ts'
import { placedNode } from './placed-node.ts'
import {
  freeze,
  type RealmConfiguration,
  type Revision,
  revisionSchema,
  type TypeLookup,
} from './revision.ts'
import type { RevisionStore } from './revision-store.ts'

/** A revision that is ready to run. */
export type FrozenJourney = {
  id: string
  content: Revision
  typeNamed: TypeLookup
  /**
   * What a node of this revision runs with. Undefined for an unknown type. Placeholders have the values of this moment.
   * @throws z.ZodError for invalid settings. @throws SealError for secrets that can't be opened. @throws PlaceholderError for
   * variables that are missing or of a wrong type.
   */
  prepared(node: NodeSettings, journey: Journey): PreparedNode | undefined
}

/** A node's type with the node's settings, parsed with the schema of the type, and the outcomes that it offers. */
export type PreparedNode = { type: AnyNodeType; config: unknown; outcomes: ReadonlySet<string> }

export type RevisionSources = {
  configuration: ConfigurationStore
  scripts: ScriptStore
  customNodes: CustomNodeStore
  steps: RevisionStore
  drafts: DraftStore
  /** Opens the secret settings of nodes. */
  secrets: Pick<Sealer, 'open'>
  /** The variables and secrets of placeholders, for a realm. `fresh` is called before each step. */
  esvs: { fresh(): Awaitable<void>; inRealm(realm: string): EsvLookup }
  /** Epoch milliseconds. */
  now(): number
}

/** Maximum number of revisions in memory. */
const maxKept = 500

/** Interval for saving a current revision again. Much shorter than the time after which unused revisions are deleted. */
const saveAgainMs = 3_600_000

/** Freezes journeys on first use, and finds frozen ones. Each configuration version has one revision per journey. */
export class Revisions {
  readonly #from: RevisionSources
  readonly #byId = new Map<string, FrozenJourney>()
  #current = new Map<string, { frozen: FrozenJourney; savedAt: number }>()
  #version = -1

  constructor(from: RevisionSources) {
    this.#from = from
  }

  /** The current journey, frozen and saved so that journey sessions can continue with it. Undefined for an unknown journey. */
  current(realm: string, name: string): Awaitable<FrozenJourney | undefined> {
    return andThen(this.#from.esvs.fresh(), () =>
      andThen(this.#from.configuration.version(), (version) => this.#at(version, realm, name)),
    )
  }

  #at(version: number, realm: string, name: string): Awaitable<FrozenJourney | undefined> {
    if (version !== this.#version) {
      this.#current = new Map()
      this.#version = version
    }
    const key = `${realm}\n${name}`
    const now = this.#from.now()
    const known = this.#current.get(key)
    if (known !== undefined && now - known.savedAt < saveAgainMs) return known.frozen
    return this.#freezeAt(version, realm, name, now)
  }

  async #freezeAt(version: number, realm: string, name: string, now: number) {
    const frozen = await this.#freeze(realm, name, now)
    // Unknown names are not cached: clients can invent them without limit.
    if (frozen !== undefined && this.#version === version)
      this.#current.set(`${realm}\n${name}`, { frozen, savedAt: now })
    return frozen
  }

  /** @throws OperationError when the revision is deleted or unreadable. Its journey sessions can't continue. */
  byId(id: string): Awaitable<FrozenJourney> {
    return andThen(this.#from.esvs.fresh(), () => this.#byId.get(id) ?? this.#read(id))
  }

  async #read(id: string): Promise<FrozenJourney> {
    const content = await this.#from.steps.revision(id)
    if (content === undefined) throw new OperationError(`revision ${id} of a journey is no longer stored`)
    return this.#keep(id, revisionSchema.parse(JSON.parse(content)))
  }

  /** The draft of a journey, frozen with the published rest of the realm. Undefined without a draft. */
  async draft(realm: string, name: string): Promise<FrozenJourney | undefined> {
    const draft = await this.#from.drafts.find(realm, name)
    if (draft === undefined) return undefined
    const published = await this.#configuration(realm)
    const { journey, nodes } = withPublishedSecrets(draft, wholeJourney(name, published))
    const drafted = {
      ...published,
      journeys: [...published.journeys, journey],
      nodes: [...published.nodes, ...nodes.values()],
    }
    return this.#frozen(name, drafted, this.#from.now())
  }

  async #freeze(realm: string, name: string, now: number): Promise<FrozenJourney | undefined> {
    if ((await this.#from.configuration.journey(realm, name)) === undefined) return undefined
    return this.#frozen(name, await this.#configuration(realm), now)
  }

  async #configuration(realm: string): Promise<RealmConfiguration> {
    const { configuration, scripts, customNodes } = this.#from
    return {
      realm,
      journeys: await configuration.journeys(realm),
      nodes: await configuration.nodes(realm),
      scripts: await scripts.all(realm),
      customNodeTypes: await customNodes.all(),
    }
  }

  async #frozen(name: string, from: RealmConfiguration, now: number): Promise<FrozenJourney | undefined> {
    const revision = freeze(name, from, typesWith(from.customNodeTypes))
    if (revision === undefined) return undefined
    const content = JSON.stringify(revision)
    const id = digest(content)
    await this.#from.steps.saveRevision(id, content, now)
    return this.#byId.get(id) ?? this.#keep(id, revision)
  }

  #keep(id: string, content: Revision): FrozenJourney {
    const { secrets, esvs } = this.#from
    const known = new WeakMap<NodeSettings, PreparedNode | (() => PreparedNode)>()
    const typeNamed = typesWith(content.customNodeTypes)
    const frozen: FrozenJourney = {
      id,
      content,
      typeNamed,
      prepared(node, journey) {
        const found = known.get(node)
        if (found !== undefined) return typeof found === 'function' ? found() : found
        const type = typeNamed(node.type, node.version)
        if (type === undefined) return undefined
        // A stand-in reads no setting, so it needs no value of a secret or variable, and a web service must not get one.
        const isStandIn = type.standIn !== undefined
        const opened = isStandIn ? withoutSealed(node.config) : openValues(secrets, node.config)
        const parsed = (settings: JsonObject) => {
          const config: unknown = type.config.parse(settings)
          return {
            type,
            config,
            outcomes: outcomeIds(type, config, {
              typeNamed,
              journey,
              connected: connectedOutcomes(journey, node),
            }),
          }
        }
        // rule S38: otherwise the web service gets the values of variables
        const isPlaced = !isStandIn && placedIn(opened).length > 0
        const made = isPlaced ? placedNode(type, opened, esvs.inRealm(content.realm), parsed) : parsed(opened)
        known.set(node, made)
        return typeof made === 'function' ? made() : made
      },
    }
    this.#byId.set(id, frozen)
    const [oldest] = this.#byId.keys()
    if (this.#byId.size > maxKept && oldest !== undefined) this.#byId.delete(oldest)
    return frozen
  }
}

/** Finds built-in types first, so that a custom type can't replace one. */
export function typesWith(customTypes: RealmConfiguration['customNodeTypes']): TypeLookup {
  const custom = new Map(customTypes.map((type) => [`designer-${type.serviceName}`, designerNode(type)]))
  return (type, version) => nodeTypeNamed(type, version) ?? custom.get(type)
}
