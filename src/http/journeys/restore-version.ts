import type { AnswerOf } from '../../../contract/endpoint.ts'
import { restoreVersion } from '../../../contract/versions.ts'
import { defined } from '../../base/defined.ts'
import { notFound } from '../../base/errors.ts'
import { jsonObjectSchema } from '../../base/json.ts'
import { differencesOf } from '../../journeys/compare/differences.ts'
import { compareThing } from '../../journeys/history/compare-versions.ts'
import { contentAt, now, onlyThing } from '../../journeys/history/content-at.ts'
import { planRestore, type RestoreStores, restoreThing } from '../../journeys/history/restore.ts'
import type { Versioned } from '../../journeys/history/version-store.ts'
import { realmSettingsSchema } from '../../realms/realm.ts'
import type { RealmStore } from '../../realms/realm-store.ts'
import { universalIdOf } from '../../sessions/session.ts'
import { parseBody } from '../body.ts'
import { parseAttributes } from '../configuration-resource.ts'
import { saveSettings } from '../realms/change-settings.ts'
import { requireDirectoryChange } from '../realms/directory-change.ts'
import type { Answer, Call } from '../route.ts'
import { kindsFor } from './journey-import.ts'
import { type MarkSources, saveMarkOf } from './save-mark.ts'

export type RestoreDependencies = RestoreStores & MarkSources & { realms: Pick<RealmStore, 'replace'> }

type Restored = AnswerOf<(typeof restoreVersion)['actions']['restore']>

/** Restores a version, or with `dryRun` tells what that would change. The caller's rights for the thing are checked already. */
export async function restore(
  from: RestoreDependencies,
  call: Call,
  thing: Versioned,
  number: number,
): Promise<Answer> {
  const { note, withNeeds } = parseBody(restoreVersion.actions.restore.body(), call)
  const isDryRun = call.query.get('dryRun') === 'true'
  const mark = {
    ...(await saveMarkOf(call, from)),
    ...defined({ note: note.trim() || undefined }),
    cause: 'restore',
  } as const
  if (thing.kind === 'realmSettings')
    return restoreSettings(from, call, thing, number, isDryRun ? undefined : mark)
  const signedIn = await call.session()
  const by = signedIn ? universalIdOf(signedIn.session.realm, signedIn.session.identityId) : 'null'
  const options = { withNeeds, mayWrite: kindsFor(await call.rights(), call.realm.path) }
  const { before, after, findings } = isDryRun
    ? await planRestore(from, call.realm.path, thing, number, options)
    : await restoreThing(from, call.realm.path, thing, number, { ...options, mark, by })
  const { differences } = differencesOf(before, after)
  const body: Restored = { isRestored: !isDryRun, differences, findings }
  return { body }
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
  const requested = parseAttributes(realmSettingsSchema, jsonObjectSchema.parse(stored.document))
  // rule S06: otherwise a restore of realm settings sends the bind password to an old server
  await requireDirectoryChange(call, requested.directory)
  const { differences } = compareThing(thing, await contentAt(from.versions, thing, now), then)
  if (mark !== undefined) await saveSettings(from.realms, call.realm, requested, mark)
  const body: Restored = { isRestored: mark !== undefined, differences, findings: [] }
  return { body }
}
