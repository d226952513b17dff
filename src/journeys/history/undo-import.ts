import { notFound } from '../../base/errors.ts'
import type { JsonObject } from '../../base/json.ts'
import type { Realm } from '../../realms/realm.ts'
import { builtInScripts } from '../../scripts/built-in/built-in-scripts.ts'
import type { ConfigurationChange, SaveContext } from '../configuration-store.ts'
import { nothing } from '../edit/save-journey.ts'
import { usagesOf } from '../edit/usages.ts'
import { otherOwners } from '../edit/whole-journey.ts'
import { stamp, unchangedJourneysWithChangedNodes } from '../exchange/apply.ts'
import type { Bundle } from '../exchange/bundle.ts'
import { closureOfThings } from '../exchange/closure.ts'
import { planImport } from '../exchange/plan.ts'
import { mergedContent, type RealmContent, readRealm } from '../exchange/realm-content.ts'
import type { Reference } from '../exchange/references.ts'
import { contentAt, isEmpty, now, onlyThing } from './content-at.ts'
import {
  nodesLeft,
  type RestoreStores,
  refuseConflicts,
  refuseMissing,
  toBundle,
  withUsableTheme,
} from './restore.ts'
import { everyRealm, type Version, type Versioned, type VersionStore, versionKinds } from './version-store.ts'

/**
 * What an undo does with a thing of the import. `restored`: it is as before. `deleted`: the import had created it. The others stay:
 * `changed` since, `used` by something that stays, or `shared` with other realms.
 */
export type UndoneItem = Pick<Version, 'kind' | 'id' | 'name'> & {
  outcome: 'restored' | 'deleted' | 'changed' | 'used' | 'shared'
}

export type UndoPlan = Pick<SaveContext, 'alsoSaved' | 'removed' | 'realm'> & {
  change: ConfigurationChange
  items: UndoneItem[]
}

export type UndoOptions = {
  /** @throws RequestError 403 unless the person may restore the thing. */
  checkRight(thing: Versioned): void
  /** The realm with earlier settings. @throws RequestError for settings that can't be saved. */
  realmWith(settings: JsonObject): Promise<Realm>
  by: string
  at: number
}

/**
 * Plans to make all things of an import what they were before it, unless they have changed since.
 * @param number of the versions that the import made.
 * @throws RequestError 404 unless they are those of an import; 409 for names and needs, as a restore.
 */
export async function planUndo(
  stores: RestoreStores,
  realm: Realm,
  number: number,
  { checkRight, realmWith, by, at }: UndoOptions,
): Promise<UndoPlan> {
  const made = await thingsOfImport(stores.versions, realm.path, number)
  for (const one of made) checkRight(one)
  // First: it has the version that the write expects.
  const present = await readRealm(stores, realm.path)
  // Global templates are no earlier versions of the realm's own.
  const then = await contentAt(
    stores.versions,
    { realm: realm.path, kind: 'emailTemplate', id: '' },
    number - 1,
  )
  const latest = await latestNumbers(stores.versions, realm.path)
  const intact = made.filter((one) => latest.get(keyOf(one)) === number)
  const before = intact.map((one) => onlyThing(then, one))
  const restored = before.reduce((all, one) => mergedContent(one, all), nothing)
  const created = intact.filter((_one, at) => isEmpty(before[at] ?? nothing))

  const settings = restored.documents.find(({ kind }) => kind === 'realmSettings')?.document
  const realmBefore = settings && (await realmWith(settings))
  const needed = neededBy(toBundle(mergedContent(restored, present)), created, realmBefore ?? realm)
  const outcomeOf = (one: Version): UndoneItem['outcome'] => {
    if (!intact.includes(one)) return 'changed'
    if (!created.includes(one)) return 'restored'
    if (one.kind === 'customNodeType') return 'shared'
    return needed.has(keyOf(one)) ? 'used' : 'deleted'
  }
  const items = made.map((one) => ({ ...one, outcome: outcomeOf(one) }))
  const staying = {
    ...present,
    documents: present.documents.filter((one) => !intact.some((own) => keyOf(own) === keyOf(one))),
  }
  const bundle = withUsableTheme(toBundle(restored), staying)
  const { plan, change } = planImport(bundle, present, { dependencies: true, existing: 'replace' })
  if (!isEmpty(bundle)) refuseConflicts(plan.findings)
  refuseMissing(bundle, then, present)
  return {
    items,
    change: { ...change, scripts: stamp(change.scripts, present.scripts, { by, now: at }) },
    alsoSaved: unchangedJourneysWithChangedNodes(change, present),
    removed: removedBy(items, bundle, present),
    ...(realmBefore && { realm: realmBefore }),
  }
}

async function thingsOfImport(versions: VersionStore, realm: string, number: number): Promise<Version[]> {
  const page = { before: number + 1, limit: 1 }
  const found = await versions.recent(realm, { kinds: versionKinds }, page)
  const made = found.filter((one) => one.number === number && one.cause === 'import')
  if (made.length === 0) throw notFound(`There is no import ${number}`)
  return made
}

/** The newest version of everything that exists. */
async function latestNumbers(versions: VersionStore, realm: string): Promise<Map<string, number>> {
  const states = [...(await versions.stateAt(everyRealm, now)), ...(await versions.stateAt(realm, now))]
  return new Map(states.map((state) => [keyOf(state), state.number]))
}

function removedBy(
  items: readonly UndoneItem[],
  bundle: Bundle,
  present: RealmContent,
): NonNullable<UndoPlan['removed']> {
  const deleted = items.filter(({ outcome }) => outcome === 'deleted')
  const ids = (kind: string) => deleted.flatMap((one) => (one.kind === kind ? [one.id] : []))
  const nodesOf = (name: string) => {
    const others = otherOwners(name, present)
    const { nodes } = onlyThing(present, { realm: '', kind: 'journey', id: name })
    return nodes.flatMap(({ id }) => (others.has(id) ? [] : [id]))
  }
  return {
    journeys: ids('journey'),
    nodes: [
      ...ids('journey').flatMap(nodesOf),
      ...bundle.journeys.flatMap(({ _id }) => nodesLeft(_id, bundle, present)),
    ],
    scripts: ids('script'),
    documents: deleted.filter(({ kind }) => kind === 'theme' || kind === 'emailTemplate'),
  }
}

/** The keys of created things that the rest of a realm needs. A theme that is deleted needs no journey. */
function neededBy(content: Bundle, created: readonly Version[], { settings }: Realm): Set<string> {
  const keys = new Set(created.map(keyOf))
  const documents = content.documents.map((one) =>
    keys.has(keyOf(one)) ? { ...one, document: { ...one.document, linkedTrees: [] } } : one,
  )
  const isSet = ({ kind, id }: Reference) =>
    kind === 'journey' && usagesOf(id, { journeys: [], nodes: [] }, settings).length > 0
  const roots = thingsOf(content).filter((one) => !keys.has(keyOf(one)) || isSet(one))
  const closure = closureOfThings(roots, { ...content, documents }, 'inner journeys')
  // Without the realm's own version of a built-in script, the built-in one runs.
  return new Set(thingsOf(closure).flatMap((one) => (builtInScripts.has(one.id) ? [] : [keyOf(one)])))
}

function thingsOf({ journeys, scripts, customNodeTypes, documents }: Bundle): Reference[] {
  return [
    ...journeys.map(({ _id }) => ({ kind: 'journey' as const, id: _id })),
    ...scripts.map(({ id }) => ({ kind: 'script' as const, id })),
    ...customNodeTypes.map(({ serviceName }) => ({ kind: 'customNodeType' as const, id: serviceName })),
    ...documents,
  ]
}

function keyOf({ kind, id }: { kind: string; id: string }): string {
  return `${kind} ${id}`
}
