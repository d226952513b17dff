import { badRequest, RequestError } from '../../errors.ts'
import type { ConfigurationChange, SaveMark } from '../configuration-store.ts'
import type { JourneyDocument } from '../journey-document.ts'
import type { Bundle } from './bundle.ts'
import { type ImportOptions, type Plan, planImport } from './plan.ts'
import { type ExchangeStores, readRealm } from './realm-content.ts'
import { membersOf } from './references.ts'

/** Who imports, and when: said of every script that is written, and by `mark` of every journey. */
export type Author = { by: string; now: number; mark?: SaveMark }

const attempts = 3

/**
 * Plans an import against the realm as it is and writes it, all or nothing. Planned anew when somebody else writes
 * in between.
 *
 * @throws RequestError 400 when the plan is not possible, 409 when others keep changing the realm.
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
    const { plan, change, version } = planImport(bundle, content, options)
    if (!plan.isPossible) throw refusal(plan)
    if (isEmpty(change)) return plan
    const stamped = { ...change, scripts: stamp(change.scripts, content.scripts, author) }
    const around = { mark: author.mark ?? { at: author.now }, alsoSaved: journeysBeside(change, content) }
    const saved = await stores.configuration.saveAll(realm, stamped, version, around)
    if (saved === 'saved') return plan
    if (saved === 'name') throw new RequestError(409, 'Nothing was imported. Two things would have one name')
  }
  throw new RequestError(409, 'The configuration changes all the time; nothing was imported')
}

/** Plans an import and writes nothing. */
export async function previewImport(
  stores: ExchangeStores,
  realm: string,
  bundle: Bundle,
  options: ImportOptions,
): Promise<Plan> {
  return planImport(bundle, await readRealm(stores, realm), options).plan
}

/** The journeys of the realm that do not change themselves, but nodes of theirs do. */
export function journeysBeside(
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

function refusal({ findings }: Plan): RequestError {
  const [first, ...more] = findings.filter(({ kind }) => kind === 'conflict')
  const others = more.length === 0 ? '' : ` (and ${more.length} more)`
  return badRequest(`Nothing was imported. ${first?.message}${others}`, { findings })
}

function isEmpty(change: ConfigurationChange): boolean {
  return Object.values(change).every((things) => things.length === 0)
}

function stamp(
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
