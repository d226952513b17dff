import { badRequest, notFound, RequestError } from '../base/errors.ts'
import { type Author, importInto } from '../journeys/exchange/apply.ts'
import { finding } from '../journeys/exchange/finding.ts'
import { type ImportOptions, type Plan, planImport } from '../journeys/exchange/plan.ts'
import type { PlanItem } from '../journeys/exchange/plan-items.ts'
import { type ExchangeStores, type RealmContent, readRealm } from '../journeys/exchange/realm-content.ts'
import { type Realm, realmSettingsSchema } from '../realms/realm.ts'
import type { RealmStore } from '../realms/realm-store.ts'
import { starters as allStarters, type Starter } from './catalogue.ts'
import { addSamplePeople, planSamplePeople, type SamplePeopleStore } from './sample-people.ts'
import { bundleFor, readSamples, type Samples } from './samples.ts'
import { withStarterSettings } from './starter-settings.ts'
import { withoutWeakerSignIns } from './weaker-sign-ins.ts'

export type StarterSources = {
  /** Not cached: a change of settings by another server must be seen. */
  stores: ExchangeStores & { realms: Pick<RealmStore, 'read'> }
  identities: SamplePeopleStore
  /** Whether people with published passwords are harmless on this server. */
  allowsSamplePeople: boolean
  /** Called after the settings of a realm changed. */
  changed?: (realm: string) => void
}

export type StarterOptions = Pick<ImportOptions, 'existing' | 'mayWrite'> & {
  /** Whether others than this machine reach the server although its settings don't say so. */
  isReached?: boolean
  /** Whether the realm is for trying things out: then sign-ins by password alone are never turned off. */
  isForTrying?: boolean
}

/** A starter, whether the realm has everything of it, and why the person can't add it. */
export type ListedStarter = { starter: Starter; isAdded: boolean; refusal: string | undefined }

const attempts = 3

/** Adds starters to realms. */
export class Starters {
  readonly #from: StarterSources
  #samples: Samples | undefined

  constructor(from: StarterSources) {
    this.#from = from
  }

  /** All starters, for a realm and a person. */
  async list(realm: string, options: StarterOptions): Promise<ListedStarter[]> {
    const place = await this.#place(realm)
    return Promise.all(
      allStarters.map(async (starter) => {
        const items = await this.#items(starter, place)
        const isAdded = items.every(({ status }) => status !== 'new')
        return { starter, isAdded, refusal: this.#refusalOf(starter, realm, items, options) }
      }),
    )
  }

  /** The effects of adding starters, without adding them. */
  async plan(starters: readonly Starter[], realm: string, options: StarterOptions): Promise<Plan> {
    const place = await this.#place(realm)
    const merged = this.#merged(starters, place)
    const { items, findings, isPossible } = hasSamples(starters)
      ? planImport(this.#bundle(starters, place, options), place.content, all(options)).plan
      : nothing
    const people = hasPeople(starters) ? await planSamplePeople(this.#from.identities, realm) : []
    const refused = await this.#refusals(starters, place, options)
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
    const [refusal] = await this.#refusals(starters, await this.#place(realm), options)
    // rule S04: otherwise the server adds sample people whatever its settings say
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
      const place = await this.#place(path)
      const { settings, items } = this.#merged(starters, place)
      const isChanged = items.some(({ status }) => status === 'new')
      const around = isChanged ? { realm: { ...place.realm, settings } } : {}
      const bundle = this.#bundle(starters, place, options)
      const plan = await importInto(place.content, stores, path, bundle, all(options), {
        ...author,
        ...around,
      })
      if (plan === undefined) continue
      if (isChanged) changed?.(path)
      return { ...plan, items: [...plan.items, ...items] }
    }
    throw new RequestError(409, 'Other requests keep changing the configuration. Nothing was added.')
  }

  async #refusals(starters: readonly Starter[], place: Place, options: StarterOptions): Promise<string[]> {
    const refusals = starters.map(async (starter) => {
      // An author who may write everything is refused nothing because of the items.
      const items = options.mayWrite === undefined ? [] : await this.#items(starter, place)
      return this.#refusalOf(starter, place.realm.path, items, options)
    })
    return (await Promise.all(refusals)).filter((reason) => reason !== undefined)
  }

  #refusalOf(
    starter: Starter,
    realm: string,
    items: readonly PlanItem[],
    { isReached = false, mayWrite }: StarterOptions,
  ): string | undefined {
    // rule S04: otherwise the server adds sample people although others reach it
    const allowsSamplePeople = this.#from.allowsSamplePeople && !isReached
    return refusalOf(starter, { realm, allowsSamplePeople, items, mayWrite })
  }

  /** What a starter adds if everything in the realm stays. */
  async #items(starter: Starter, place: Place): Promise<PlanItem[]> {
    const { realm, content } = place
    const bundle = this.#bundle([starter], place, {})
    const { items } = hasSamples([starter])
      ? planImport(bundle, content, all({ existing: 'skip' })).plan
      : nothing
    const people = hasPeople([starter]) ? await planSamplePeople(this.#from.identities, realm.path) : []
    return [...items, ...this.#withSettings([starter], place).items, ...people]
  }

  #merged(starters: readonly Starter[], place: Place) {
    const merged = this.#withSettings(starters, place)
    if (realmSettingsSchema.safeParse(merged.settings).success) return merged
    throw badRequest('The realm would have more checks than a desk can offer. Remove some first.')
  }

  #withSettings(starters: readonly Starter[], { realm, content }: Place) {
    const samples = this.#read().settings
    return withStarterSettings(starters, { settings: realm.settings, samples, journeys: content.journeys })
  }

  #bundle(
    starters: readonly Starter[],
    { realm, content }: Place,
    { isForTrying = false }: Pick<StarterOptions, 'isForTrying'>,
  ) {
    const samples = this.#read()
    const bundle = bundleFor(starters, samples, realm.path)
    if (isForTrying) return bundle
    return withoutWeakerSignIns(bundle, samples.bundle, content, realm.settings.defaultJourney)
  }

  #read(): Samples {
    this.#samples ??= readSamples()
    return this.#samples
  }

  /** The content is read before the realm: a change of its settings after that makes a plan stale. */
  async #place(path: string): Promise<Place> {
    const { stores } = this.#from
    const content = await readRealm(stores, path)
    const realm = await stores.realms.read(path)
    if (realm === undefined) throw notFound()
    return { realm, content }
  }
}

type Place = { realm: Realm; content: RealmContent }

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

type RefusalContext = {
  realm: string
  /** Whether people with published passwords are harmless on this server. */
  allowsSamplePeople: boolean
  /** What the starter would add. */
  items: readonly PlanItem[]
  mayWrite?: ((kind: string) => boolean) | undefined
}

/** Why a person can't add a starter to a realm; undefined if they can. */
function refusalOf({ hasPeople = false }: Starter, context: RefusalContext): string | undefined {
  const { realm, allowsSamplePeople, items, mayWrite = () => true } = context
  if (hasPeople && !allowsSamplePeople) {
    return 'Sample people have published passwords: only a server that other machines can’t reach gets them, and none with SIDEGATE_SAMPLES=off'
  }
  if (hasPeople && realm === '/') return 'The root realm gets no people with published passwords'
  const forbidden = items.filter(({ kind, status }) => status === 'new' && !mayWrite(kind))
  if (forbidden.length === 0) return undefined
  const names = forbidden.map(({ name }) => name).join(', ')
  return `Ask an administrator of the server to add it: it needs what all realms share (${names})`
}
