import { isDeepStrictEqual } from 'node:util'
import { maxAttempts, pauseBefore } from '../../../base/contention.ts'
import { badRequest, notFound } from '../../../base/errors.ts'
import type { JsonObject } from '../../../base/json.ts'
import type { SaveMark } from '../../../base/save-mark.ts'
import type { ConfigurationStore, RealmChange } from '../../../journeys/configuration-store.ts'
import { keptKind, prepareKept } from '../../../journeys/exchange/kept-documents.ts'
import { placeProblem } from '../../../journeys/exchange/kept-place.ts'
import type { KeptChange } from '../../../journeys/exchange/tenant/received-configuration.ts'
import type { DocumentStore } from '../../../realms/document-store.ts'
import { requireRoom } from '../../../realms/limited-documents.ts'
import type { Realm, RealmSettings } from '../../../realms/realm.ts'
import type { RealmStore } from '../../../realms/realm-store.ts'
import type { Applied } from '../../../realms/tenant/tenant-setting.ts'
import { invalidAttribute } from '../../configuration-resource.ts'
import type { MarkSources } from '../../journeys/save-mark.ts'
import type { Call } from '../../route.ts'
import { checkedSettings, contended } from '../change-settings.ts'

/** What routes need that change settings of a tenant, which belong to several realms here. */
export type TenantSources = MarkSources & {
  configuration: Pick<ConfigurationStore, 'version' | 'saveRealms'>
  documents: Pick<DocumentStore, 'all' | 'read' | 'sizes'>
  realms: Pick<RealmStore, 'all'>
  /** After the settings of a realm changed together with other things. */
  tenantChanged(realm: string): Promise<void>
}

/**
 * Changes several realms as one unit, so that an invalid realm changes none.
 * @param plan reads the realms and makes their changes. Repeated after a concurrent change.
 * @throws RequestError of the plan, 400 if a realm would keep more than the limits, or 409 while other requests keep changing the configuration.
 */
export async function changeTenant<Plan extends { changes: readonly RealmChange[] }>(
  { configuration, documents, tenantChanged }: TenantSources,
  mark: SaveMark,
  plan: () => Promise<Plan>,
): Promise<Plan> {
  for (let attempt = 1; attempt <= maxAttempts; attempt++) {
    await pauseBefore(attempt)
    const version = await configuration.version()
    const planned = await plan()
    for (const change of planned.changes) await requireRoom(documents, change.path, change)
    // rule S53: otherwise a realm that cannot have a document leaves the others changed
    if (!(await configuration.saveRealms(planned.changes, version, mark))) continue
    for (const { path, realm } of planned.changes) if (realm !== undefined) await tenantChanged(path)
    return planned
  }
  throw contended()
}

/** The change of one realm. @throws RequestError 400 for invalid settings, or too large a document. */
export function realmChange(
  realm: Realm,
  settings: RealmSettings,
  { documents, removed }: KeptChange,
): RealmChange {
  const prepared = prepareKept(documents, placeProblem)
  const conflict = prepared.findings.find(({ kind }) => kind === 'conflict')
  if (conflict !== undefined) throw badRequest(conflict.message)
  const change = { path: realm.path, documents: prepared.documents, removed }
  if (isDeepStrictEqual(settings, realm.settings)) return change
  return { ...change, realm: { ...realm, settings: checkedSettings(realm.settings, settings) } }
}

/** The documents of all imports and of REST that a realm keeps. */
export function keptOf({ documents }: Pick<TenantSources, 'documents'>, realm: string) {
  return documents.all(realm, keptKind)
}

/** @throws RequestError 400 in AM's shape, which names the member and what was expected. */
export function appliedOr400(applied: Applied): Exclude<Applied, { problem: string }> {
  if (!('problem' in applied)) return applied
  const { problem, at } = applied
  if (at.length === 0) throw badRequest(problem)
  const member = at.map(String).join('.')
  const expected = problem.startsWith(`${member}: `) ? problem.slice(member.length + 2) : problem
  throw invalidAttribute(String(at[0] ?? ''), { [member]: expected })
}

/** The realms of the caller, first the one that the vendor's own installations begin with. @throws RequestError 404. */
export async function administered(
  { realms }: Pick<TenantSources, 'realms'>,
  call: Call,
): Promise<[Realm, ...Realm[]]> {
  const rights = await call.rights()
  const own = (await realms.all()).filter(({ path }) => rights.may('realm', path))
  const first = own.find(({ path }) => path === '/alpha') ?? own[0]
  if (first === undefined) throw notFound()
  return [first, ...own.filter(({ path }) => path !== first.path)]
}

/** Adds what has no effect here. */
export function withFindings<Answered extends { body: JsonObject }>(
  answer: Answered,
  findings: readonly string[],
): Answered {
  return findings.length === 0 ? answer : { ...answer, body: { ...answer.body, _findings: [...findings] } }
}
