import type { AnswerOf } from '../../../contract/endpoint.ts'
import { restoreVersion, undoImport } from '../../../contract/versions.ts'
import { defined } from '../../base/defined.ts'
import { notFound, RequestError } from '../../base/errors.ts'
import type { JsonObject } from '../../base/json.ts'
import { differencesOf } from '../../journeys/compare/differences.ts'
import { saveChecked } from '../../journeys/edit/save-checked.ts'
import { compareThing } from '../../journeys/history/compare-versions.ts'
import { contentAt, now, onlyThing } from '../../journeys/history/content-at.ts'
import { planRestore, type RestoreStores, restoreThing } from '../../journeys/history/restore.ts'
import { planUndo } from '../../journeys/history/undo-import.ts'
import type { Versioned } from '../../journeys/history/version-store.ts'
import { type RealmSettings, realmSettingsSchema } from '../../realms/realm.ts'
import type { RealmStore } from '../../realms/realm-store.ts'
import { universalIdOf } from '../../sessions/session.ts'
import { parseBody } from '../body.ts'
import { parseAttributes } from '../configuration-resource.ts'
import { checkedSettings, saveSettings } from '../realms/change-settings.ts'
import { requireDirectoryChange } from '../realms/directory-change.ts'
import { type Answer, type Call, choice } from '../route.ts'
import { kindsFor } from './journey-import.ts'
import { type MarkSources, saveMarkOf } from './save-mark.ts'

export type RestoreDependencies = RestoreStores &
  MarkSources & {
    realms: Pick<RealmStore, 'replace'>
    /** After settings of a realm were saved with an undo. */
    tenantChanged(realm: string): Promise<void>
  }

type Restored = AnswerOf<(typeof restoreVersion)['actions']['restore']>

/** Restores a version, or with `dryRun` tells what that would change. The caller's rights for the thing are checked already. */
export async function restore(
  from: RestoreDependencies,
  call: Call,
  thing: Versioned,
  number: number,
): Promise<Answer> {
  const { note, withNeeds } = parseBody(restoreVersion.actions.restore.body(), call)
  const isDryRun = choice(call, 'dryRun', ['false', 'true']) === 'true'
  const mark = await markOf(from, call, note)
  if (thing.kind === 'realmSettings')
    return restoreSettings(from, call, thing, number, isDryRun ? undefined : mark)
  const by = await authorOf(call)
  const options = { withNeeds, mayWrite: kindsFor(await call.rights(), call.realm.path) }
  const { before, after, findings } = isDryRun
    ? await planRestore(from, call.realm.path, thing, number, options)
    : await restoreThing(from, call.realm.path, thing, number, { ...options, mark, by })
  const { differences } = differencesOf(before, after)
  const body: Restored = { isRestored: !isDryRun, differences, findings }
  return { body }
}

/** Undoes an import, or with `dryRun` tells what that would change. @param checkRight throws unless the caller may restore the thing. */
export async function undo(
  from: RestoreDependencies,
  call: Call,
  number: number,
  checkRight: (thing: Versioned) => void,
): Promise<Answer> {
  const { note } = parseBody(undoImport.actions.undo.body(), call)
  const isDryRun = choice(call, 'dryRun', ['false', 'true']) === 'true'
  const mark = await markOf(from, call, note)
  const realmWith = async (settings: JsonObject) => {
    const earlier = await earlierSettings(call, settings)
    return { ...call.realm, settings: checkedSettings(call.realm.settings, earlier) }
  }
  const options = { checkRight, realmWith, by: await authorOf(call), at: mark.at }
  const plan = () => planUndo(from, call.realm, number, options)
  const done = isDryRun
    ? await plan()
    : await saveChecked(from.configuration, { realm: call.realm.path, mark }, plan)
  if ('result' in done && done.result === 'name') {
    throw new RequestError(409, 'Nothing was undone. Something else has the name of one of the things now')
  }
  if (done.realm !== undefined && !isDryRun) await from.tenantChanged(call.realm.path)
  const items = done.items.map(({ kind, id, name, outcome }) => ({ kind, id, name, outcome }))
  const body: AnswerOf<typeof undoImport.actions.undo> = { isUndone: !isDryRun, items }
  return { body }
}

async function markOf(from: MarkSources, call: Call, note: string) {
  const mark = await saveMarkOf(call, from)
  return { ...mark, ...defined({ note: note.trim() || undefined }), cause: 'restore' } as const
}

async function authorOf(call: Call): Promise<string> {
  const signedIn = await call.session()
  return signedIn ? universalIdOf(signedIn.session.realm, signedIn.session.identityId) : 'null'
}

async function earlierSettings(call: Call, document: JsonObject): Promise<RealmSettings> {
  const settings = parseAttributes(realmSettingsSchema, document)
  // rule S06: otherwise a restore of realm settings sends the bind password to an old server
  await requireDirectoryChange(call, settings.directory)
  return settings
}

/** With the checks of a save. @param mark undefined for a dry run. */
async function restoreSettings(
  from: RestoreDependencies,
  call: Call,
  thing: Versioned,
  number: number,
  mark: Parameters<typeof saveSettings>[3] | undefined,
): Promise<Answer> {
  const then = await contentAt(from.versions, thing, number)
  const [stored] = onlyThing(then, thing).documents
  if (stored === undefined) throw notFound()
  const requested = await earlierSettings(call, stored.document)
  const { differences } = compareThing(thing, await contentAt(from.versions, thing, now), then)
  if (mark !== undefined) await saveSettings(from.realms, call.realm, requested, mark)
  const body: Restored = { isRestored: mark !== undefined, differences, findings: [] }
  return { body }
}
