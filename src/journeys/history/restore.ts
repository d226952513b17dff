import { notFound, RequestError } from '../../base/errors.ts'
import type { SaveMark } from '../../base/save-mark.ts'
import { isBuiltIn } from '../../scripts/built-in/built-in-scripts.ts'
import type { ConfigurationChange } from '../configuration-store.ts'
import { idsOf, otherOwners, wholeJourney } from '../edit/whole-journey.ts'
import { stamp, unchangedJourneysWithChangedNodes } from '../exchange/apply.ts'
import { type Bundle, documentKinds } from '../exchange/bundle.ts'
import { closureOfThings } from '../exchange/closure.ts'
import type { Finding } from '../exchange/finding.ts'
import { missingFor } from '../exchange/missing.ts'
import { planImport } from '../exchange/plan.ts'
import {
  type ExchangeStores,
  mergedContent,
  type RealmContent,
  readRealm,
} from '../exchange/realm-content.ts'
import { contentAt, isEmpty, onlyThing } from './content-at.ts'
import type { Versioned, VersionStore } from './version-store.ts'

export type RestoreStores = ExchangeStores & { versions: VersionStore }

export type RestoreOptions = {
  /** Whether to restore deleted things that the version needs, too. */
  withNeeds: boolean
  /** Whether the person may write this kind of thing. */
  mayWrite(kind: string): boolean
}

export type RestorePlan = {
  /** The realm before and after. */
  before: ConfigurationChange
  after: ConfigurationChange
  findings: Finding[]
  write(mark: SaveMark, by: string): Promise<boolean>
}

const attempts = 20

/**
 * Restores a thing as it was at a version, as a new version. Journeys in progress keep their frozen revisions.
 * @throws RequestError 404 for a version without content; 409 for something the version needs that was deleted, for a name or node
 * that something else has now, and when other requests keep changing the configuration.
 */
export async function restoreThing(
  stores: RestoreStores,
  realm: string,
  thing: Versioned,
  number: number,
  options: RestoreOptions & { mark: SaveMark; by: string },
): Promise<RestorePlan> {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const plan = await planRestore(stores, realm, thing, number, options)
    if (await plan.write(options.mark, options.by)) return plan
  }
  throw new RequestError(409, 'Other requests keep changing the configuration. Nothing was restored.')
}

/** Plans a restore without writing it. @throws RequestError as {@link restoreThing}. */
export async function planRestore(
  stores: RestoreStores,
  realm: string,
  thing: Versioned,
  number: number,
  options: RestoreOptions,
): Promise<RestorePlan> {
  const target = thing.kind === 'customNodeType' ? realm : thing.realm
  const present = await readRealm(stores, target)
  const then = await contentAt(stores.versions, thing, number)
  const alone = onlyThing(then, thing)
  if (isEmpty(alone)) throw notFound(`Version ${number} has no content to restore`)
  const bundle = bundleOf(alone, then, present, thing, options.withNeeds)
  const { plan, change, version } = planImport(bundle, present, {
    dependencies: true,
    existing: 'replace',
    mayWrite: options.mayWrite,
  })
  refuseConflicts(plan.findings)
  refuseMissing(bundle, then, present)
  const removed = { nodes: bundle.journeys.flatMap(({ _id }) => nodesLeft(_id, bundle, present)) }
  const gone = new Set(removed.nodes)
  const after = mergedContent(change, present)
  return {
    before: present,
    after: { ...after, nodes: after.nodes.filter(({ id }) => !gone.has(id)) },
    findings: plan.findings,
    async write(mark, by) {
      if (isEmpty(change) && removed.nodes.length === 0) return true
      const stamped = { ...change, scripts: stamp(change.scripts, present.scripts, { by, now: mark.at }) }
      const around = { mark, alsoSaved: unchangedJourneysWithChangedNodes(change, present), removed }
      const saved = await stores.configuration.saveAll(target, stamped, version, around)
      if (saved === 'name')
        throw new RequestError(409, 'Nothing was restored. Something else has this name now')
      return saved === 'saved'
    },
  }
}

/** The thing, and with `withNeeds` everything it needed that the realm no longer has. */
function bundleOf(
  alone: ConfigurationChange,
  then: ConfigurationChange,
  present: RealmContent,
  thing: Versioned,
  withNeeds: boolean,
): Bundle {
  const own = withUsableTheme(toBundle(alone), present)
  if (!withNeeds || (thing.kind !== 'journey' && thing.kind !== 'script')) return own
  const needed = closureOfThings([{ kind: thing.kind, id: thing.id }], then, 'inner journeys')
  const isAbsent = <One>(things: readonly One[], keyOf: (one: One) => string) => {
    const keys = new Set(things.map(keyOf))
    return (one: One) => !keys.has(keyOf(one))
  }
  const journeys = needed.journeys.filter(isAbsent(present.journeys, ({ _id }) => _id))
  const nodes = new Map(then.nodes.map((node) => [node.id, node]))
  const extra: ConfigurationChange = {
    journeys,
    nodes: journeys.flatMap((journey) => [
      ...(wholeJourney(journey._id, { journeys, nodes: [...nodes.values()] })?.nodes.values() ?? []),
    ]),
    scripts: needed.scripts
      .filter(isAbsent(present.scripts, ({ id }) => id))
      .filter((script) => !isBuiltIn(script)),
    customNodeTypes: needed.customNodeTypes.filter(
      isAbsent(present.customNodeTypes, ({ serviceName }) => serviceName),
    ),
    documents: needed.documents.filter(
      isAbsent<{ kind: string; id: string }>(present.documents, ({ kind, id }) => `${kind}/${id}`),
    ),
  }
  return toBundle(mergedContent(own, extra))
}

export function toBundle({ documents, ...content }: ConfigurationChange): Bundle {
  return {
    journeys: [...content.journeys],
    nodes: [...content.nodes],
    scripts: [...content.scripts],
    customNodeTypes: [...content.customNodeTypes],
    documents: documents.flatMap(({ kind, id, document }) => {
      const known = documentKinds.safeParse(kind)
      return known.success ? [{ kind: known.data, id, document }] : []
    }),
    findings: [],
  }
}

/** Restoring a theme doesn't change which one is the default. @throws RequestError 409 for a name another theme has. */
export function withUsableTheme(bundle: Bundle, present: RealmContent): Bundle {
  const themes = present.documents.filter(({ kind }) => kind === 'theme')
  const documents = bundle.documents.map((one) => {
    if (one.kind !== 'theme') return one
    const others = themes.filter(({ id }) => id !== one.id)
    if (others.some(({ document }) => document.name === one.document.name)) {
      throw new RequestError(409, `Another theme has the name ${String(one.document.name)}`)
    }
    const existing = themes.find(({ id }) => id === one.id)
    const wasDefault =
      existing === undefined ? one.document.isDefault === true : existing.document.isDefault === true
    const isDefault = wasDefault && !others.some(({ document }) => document.isDefault === true)
    return { ...one, document: { ...one.document, isDefault } }
  })
  return { ...bundle, documents }
}

/** @throws RequestError 409 with the findings that prevent the restore. */
export function refuseConflicts(found: readonly Finding[]): void {
  const findings = found.filter(({ kind }) => kind === 'conflict')
  const [first] = findings
  if (first !== undefined) throw new RequestError(409, `Nothing was restored. ${first.message}`, { findings })
}

/** Accepts what the version lacked at its own time. @throws RequestError 409 for things that were deleted since. */
export function refuseMissing(bundle: Bundle, then: ConfigurationChange, present: RealmContent): void {
  const missing = missingFor(bundle, mergedContent(bundle, present), bundle)
  const lacked = missingFor(bundle, mergedContent(then, onlyUnversioned(present)), bundle)
  const accepted = new Set(lacked.map(({ message }) => message))
  const findings = missing.filter(({ message }) => !accepted.has(message))
  const [first] = findings
  if (first !== undefined) {
    throw new RequestError(409, `Nothing was restored. ${first.message}`, { findings, isMissing: true })
  }
}

/** Documents without a history, of which only the present state is known. */
function onlyUnversioned({ documents }: RealmContent): ConfigurationChange {
  return {
    journeys: [],
    nodes: [],
    scripts: [],
    customNodeTypes: [],
    documents: documents.filter(({ kind }) => kind !== 'theme' && kind !== 'emailTemplate'),
  }
}

/** Nodes of the journey that the version doesn't have, unless another journey has them. */
export function nodesLeft(name: string, bundle: Bundle, present: RealmContent): string[] {
  const stored = wholeJourney(name, present)
  const restored = wholeJourney(name, bundle)
  if (stored === undefined || restored === undefined) return []
  const others = otherOwners(name, present)
  const kept = idsOf(restored)
  return [...stored.nodes.keys()].filter((id) => !kept.has(id) && !others.has(id))
}
