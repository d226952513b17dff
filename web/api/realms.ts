import * as z from 'zod/mini'
import { request } from './request.ts'

const realmSchema = z.object({
  _id: z.string(),
  _rev: z._default(z.string(), ''),
  name: z.string(),
  parentPath: z.nullable(z.string()),
  active: z.boolean(),
  aliases: z._default(z.array(z.string()), []),
})

/** A realm. `path` is `/` or `/alpha`; aliases are alternatives to its name. */
export type RealmEntry = {
  id: string
  revision: string
  path: string
  isActive: boolean
  aliases: readonly string[]
}

const path = '/am/json/global-config/realms'
const realmsSchema = z.object({ result: z.array(realmSchema) })

/** All realms, parents before children. */
export async function listRealms(): Promise<RealmEntry[]> {
  const { result } = await request(realmsSchema, path, { query: { _queryFilter: true } })
  return result.map(toEntry).toSorted((a, b) => a.path.localeCompare(b.path))
}

/** @throws ApiError 409 when the name or an alias is taken. */
export async function createRealm(
  parent: string,
  name: string,
  aliases: readonly string[],
): Promise<RealmEntry> {
  const body = { name, parentPath: parent, active: true, aliases }
  return toEntry(await request(realmSchema, path, { method: 'POST', query: { _action: 'create' }, body }))
}

/**
 * Changes a realm's aliases, or activates or deactivates it.
 * @throws ApiError 409 when an alias is taken, 412 after a concurrent change.
 */
export async function saveRealm(
  { id, revision, path: realm }: RealmEntry,
  changed: Pick<RealmEntry, 'isActive' | 'aliases'>,
): Promise<RealmEntry> {
  const body = { ...splitPath(realm), active: changed.isActive, aliases: changed.aliases }
  const headers = { 'if-match': `"${revision}"` }
  return toEntry(await request(realmSchema, `${path}/${id}`, { method: 'PUT', body, headers }))
}

/** Deletes a realm with everything in it. @throws ApiError 409 while it has child realms. */
export async function removeRealm({ id }: Pick<RealmEntry, 'id'>): Promise<void> {
  await request(z.unknown(), `${path}/${id}`, { method: 'DELETE' })
}

function toEntry({ _id, _rev, name, parentPath, active, aliases }: z.infer<typeof realmSchema>): RealmEntry {
  return { id: _id, revision: _rev, path: pathFrom(name, parentPath), isActive: active, aliases }
}

function pathFrom(name: string, parentPath: string | null): string {
  if (parentPath === null || name === '/') return '/'
  return parentPath === '/' ? `/${name}` : `${parentPath}/${name}`
}

function splitPath(realm: string): { name: string; parentPath: string | null } {
  if (realm === '/') return { name: '/', parentPath: null }
  const cut = realm.lastIndexOf('/')
  return { name: realm.slice(cut + 1), parentPath: realm.slice(0, cut) || '/' }
}
