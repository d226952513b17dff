import { badRequest, notFound, RequestError } from '../errors.ts'
import { type Author, importInto } from '../journeys/exchange/apply.ts'
import { finding } from '../journeys/exchange/finding.ts'
import { type ImportOptions, type Plan, planImport } from '../journeys/exchange/plan.ts'
import { type ExchangeStores, type RealmContent, readRealm } from '../journeys/exchange/realm-content.ts'
import { type Realm, realmSettingsSchema } from '../realms/realm.ts'
import type { RealmStore } from '../realms/realm-store.ts'
import type { Starter } from './catalogue.ts'
import { addSamplePeople, planSamplePeople, type SamplePeopleStore } from './sample-people.ts'
import { bundleFor, readSamples, type Samples } from './samples.ts'
import { withStarterSettings } from './starter-settings.ts'

export type StarterSources = {
  /** Not cached: a change of settings by another server must be seen. */
  stores: ExchangeStores & { realms: Pick<RealmStore, 'read'> }
  identities: SamplePeopleStore
  /** Whether people with published passwords are harmless on this server. */
  allowsSamplePeople: boolean
  /** Called after the settings of a realm changed. */
  changed?: (realm: string) => void
}

export type StarterOptions = Pick<ImportOptions, 'existing' | 'mayWrite'>

const attempts = 3

/** Adds starters to realms. */
export class Starters {
  readonly #from: StarterSources
  #samples: Samples | undefined

  constructor(from: StarterSources) {
    this.#from = from
  }

  /** Why this server refuses a starter in a realm; undefined if it doesn't. */
  refusalOf({ hasPeople = false }: Starter, realm: string): string | undefined {
    if (!hasPeople) return undefined
    if (!this.#from.allowsSamplePeople) {
      return 'Sample people have published passwords: only a server that other machines can’t reach gets them, and none with SIDEGATE_SAMPLES=off'
    }
    return realm === '/' ? 'The root realm gets no people with published passwords' : undefined
  }

  /** Whether a realm has all journeys and people of a starter. */
  async isAdded({ journeys, hasPeople = false }: Starter, realm: string): Promise<boolean> {
    const { stores, identities } = this.#from
    const found = await Promise.all(journeys.map((name) => stores.configuration.journey(realm, name)))
    if (found.includes(undefined)) return false
    return !hasPeople || (await planSamplePeople(identities, realm)).every(({ status }) => status === 'kept')
  }

  /** The effects of adding starters, without adding them. */
  async plan(starters: readonly Starter[], realm: string, options: StarterOptions): Promise<Plan> {
    const { stores } = this.#from
    const content = await readRealm(stores, realm)
    const merged = this.#merged(starters, await this.#realm(realm), content)
    const { items, findings, isPossible } = hasSamples(starters)
      ? planImport(this.#bundle(starters, realm), content, all(options)).plan
      : nothing
    const people = hasPeople(starters) ? await planSamplePeople(this.#from.identities, realm) : []
    const refused = starters.flatMap((starter) => this.refusalOf(starter, realm) ?? [])
    return {
      items: [...items, ...merged.items, ...people],
      findings: [...refused.map((reason) => finding('conflict', reason)), ...findings],
      isPossible: isPossible && refused.length === 0,
    }
  }

  /**
   * Adds starters: journeys, what they need, and settings as one unit, then the people.
   * @throws RequestError 403 for a refused starter, 400 for an impossible plan, 409 when other requests keep changing the realm.
   */
  async add(
    starters: readonly Starter[],
    realm: string,
    options: StarterOptions,
    author: Author,
  ): Promise<Plan> {
    const refusal = starters.map((starter) => this.refusalOf(starter, realm)).find(Boolean)
    if (refusal !== undefined) throw new RequestError(403, refusal)
    const content = hasSamples(starters) ? await this.#addContent(starters, realm, options, author) : nothing
    const people = hasPeople(starters) ? await addSamplePeople(this.#from.identities, realm) : []
    return { ...content, items: [...content.items, ...people] }
  }

  async #addContent(
    starters: readonly Starter[],
    path: string,
    options: StarterOptions,
    author: Author,
  ): Promise<Plan> {
    const { stores, changed } = this.#from
    for (let attempt = 1; attempt <= attempts; attempt++) {
      // Read before the realm: a change of its settings after that makes the plan stale.
      const content = await readRealm(stores, path)
      const realm = await this.#realm(path)
      const { settings, items } = this.#merged(starters, realm, content)
      const isChanged = items.some(({ status }) => status === 'new')
      const around = isChanged ? { realm: { ...realm, settings } } : {}
      const plan = await importInto(content, stores, path, this.#bundle(starters, path), all(options), {
        ...author,
        ...around,
      })
      if (plan === undefined) continue
      if (isChanged) changed?.(path)
      return { ...plan, items: [...plan.items, ...items] }
    }
    throw new RequestError(409, 'Other requests keep changing the configuration. Nothing was added.')
  }

  #merged(starters: readonly Starter[], { settings }: Realm, { journeys }: RealmContent) {
    const merged = withStarterSettings(starters, { settings, samples: this.#read().settings, journeys })
    if (realmSettingsSchema.safeParse(merged.settings).success) return merged
    throw badRequest('The realm would have more checks than a desk can offer. Remove some first.')
  }

  #bundle(starters: readonly Starter[], realm: string) {
    return bundleFor(starters, this.#read(), realm)
  }

  #read(): Samples {
    this.#samples ??= readSamples()
    return this.#samples
  }

  async #realm(path: string): Promise<Realm> {
    const realm = await this.#from.stores.realms.read(path)
    if (realm === undefined) throw notFound()
    return realm
  }
}

const nothing: Plan = { items: [], findings: [], isPossible: true }

function all({ existing, mayWrite }: StarterOptions): ImportOptions {
  return { dependencies: true, existing, ...(mayWrite && { mayWrite }) }
}

function hasSamples(starters: readonly Starter[]): boolean {
  return starters.some(({ journeys }) => journeys.length > 0)
}

function hasPeople(starters: readonly Starter[]): boolean {
  return starters.some((starter) => starter.hasPeople === true)
}
