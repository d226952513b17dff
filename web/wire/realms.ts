import * as z from 'zod/mini'
import { request } from './request.ts'

const realmsSchema = z.object({
  result: z.array(
    z.object({ _id: z.string(), name: z.string(), parentPath: z.nullable(z.string()), active: z.boolean() }),
  ),
})

/** A realm by its path, `/` or `/alpha`. */
export type RealmEntry = { id: string; path: string; isActive: boolean }

/** All realms, parents before children. */
export async function listRealms(): Promise<RealmEntry[]> {
  const { result } = await request(realmsSchema, '/am/json/global-config/realms', {
    query: { _queryFilter: true },
  })
  return result
    .map(({ _id, name, parentPath, active }) => ({
      id: _id,
      path: pathOf(name, parentPath),
      isActive: active,
    }))
    .toSorted((a, b) => a.path.localeCompare(b.path))
}

function pathOf(name: string, parentPath: string | null): string {
  if (parentPath === null || name === '/') return '/'
  return parentPath === '/' ? `/${name}` : `${parentPath}/${name}`
}
