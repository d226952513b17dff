import { defined } from '../../base/defined.ts'
import { badRequest, RequestError } from '../../base/errors.ts'
import type { SaveMark } from '../../base/save-mark.ts'
import type { Realm } from '../../realms/realm.ts'
import type { ConfigurationChange } from '../configuration-store.ts'
import type { JourneyDocument } from '../journey-document.ts'
import type { Bundle } from './bundle.ts'
import { sentence } from './finding.ts'
import { type ImportOptions, type Plan, type PlannedImport, planImport, prevents } from './plan.ts'
import { type ExchangeStores, type RealmContent, readRealm } from './realm-content.ts'
import { membersOf } from './references.ts'

/**
 * The author and time of an import. Saved with every written script, and with every journey as `mark`. A realm is saved with its
 * settings in the same unit.
 */
export type Author = { by: string; now: number; mark?: SaveMark; realm?: Realm }

const attempts = 3

/**
 * Plans an import and writes it as one unit. Plans again after a concurrent change of the configuration.
 *
 * @throws RequestError 400 for an impossible plan, 409 when other requests keep changing the configuration.
 */
export async function importBundle(
  stores: ExchangeStores,
  realm: string,
  bundle: Bundle,
  options: ImportOptions,
  author: Author,
): Promise<Plan> {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const content = await readRealm(stores, realm)
    const plan = await importInto(content, stores, realm, bundle, options, author)
    if (plan !== undefined) return plan
  }
  throw new RequestError(409, 'Other requests keep changing the configuration. Nothing was imported.')
}

/**
 * Like {@link importBundle}, but only if the configuration has not changed since its content was read.
 * @returns undefined if it has. Then nothing was written.
 */
export async function importInto(
  content: RealmContent,
  stores: ExchangeStores,
  realm: string,
  bundle: Bundle,
  options: ImportOptions,
  author: Author,
): Promise<Plan | undefined> {
  const { plan, change, tenant, version } = planImport(bundle, content, options)
  if (!plan.isPossible) throw refusal(plan, options)
  const changedRealm = author.realm ?? tenant.realm
  const { clients } = tenant
  const hasMore = changedRealm !== undefined || tenant.variables.length > 0 || clients.length > 0
  if (isEmpty(change) && !hasMore) return plan
  const stamped = { ...change, scripts: stamp(change.scripts, content.scripts, author) }
  const around = {
    mark: { cause: 'import', ...(author.mark ?? { at: author.now }) } as const,
    alsoSaved: unchangedJourneysWithChangedNodes(change, content),
    variables: tenant.variables.map((variable) => ({
      ...variable,
      changedAt: author.now,
      changedBy: author.mark?.by?.id ?? '',
    })),
    clients,
    ...defined({ realm: changedRealm }),
  }
  const saved = await stores.configuration.saveAll(realm, stamped, version, around)
  if (saved === 'name') throw new RequestError(409, 'Nothing was imported. Two things would have one name')
  return saved === 'saved' ? plan : undefined
}

/** Plans an import without writing it. */
export async function previewImport(
  stores: ExchangeStores,
  realm: string,
  bundle: Bundle,
  options: ImportOptions,
): Promise<PlannedImport> {
  return planImport(bundle, await readRealm(stores, realm), options)
}

/** Unchanged journeys of the realm whose nodes change. */
export function unchangedJourneysWithChangedNodes(
  { journeys, nodes: changed }: Pick<ConfigurationChange, 'journeys' | 'nodes'>,
  realm: Pick<ConfigurationChange, 'journeys' | 'nodes'>,
): string[] {
  const written = new Set(journeys.map(({ _id }) => _id))
  const ids = new Set(changed.map(({ id }) => id))
  const nodes = new Map(realm.nodes.map((node) => [node.id, node]))
  const isBeside = (journey: JourneyDocument) => membersOf(journey, nodes).some(({ id }) => ids.has(id))
  return realm.journeys
    .filter((journey) => !written.has(journey._id) && isBeside(journey))
    .map(({ _id }) => _id)
}

function refusal({ findings }: Plan, options: ImportOptions): RequestError {
  const [first, ...more] = findings.filter((one) => prevents(one, options))
  const others = more.length === 0 ? '' : ` (and ${more.length} more)`
  return badRequest(`Nothing was imported. ${first && sentence(first)}${others}`, { findings })
}

function isEmpty(change: ConfigurationChange): boolean {
  return Object.values(change).every((things) => things.length === 0)
}

/** Records who changes existing scripts and when. */
export function stamp(
  scripts: ConfigurationChange['scripts'],
  present: ConfigurationChange['scripts'],
  { by, now }: Author,
): ConfigurationChange['scripts'] {
  const known = new Map(present.map((script) => [script.id, script]))
  return scripts.map((script) => {
    const { createdBy = by, createdAt = now } = known.get(script.id) ?? {}
    return { ...script, createdBy, createdAt, lastModifiedBy: by, lastModifiedAt: now }
  })
}
