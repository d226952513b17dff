import * as z from 'zod/mini'
import { realmPath } from './realm-path.ts'
import { request } from './request.ts'

const entrySchema = z.object({
  timestamp: z.string(),
  who: z.optional(z.object({ name: z.optional(z.string()) })),
  what: z.optional(z.object({ kind: z.optional(z.string()), id: z.optional(z.string()) })),
})

const entriesSchema = z.object({ result: z.array(entrySchema) })

/** `by` is a name; `at` is epoch milliseconds. */
export type LastChange = { by: string | undefined; at: number }

/** The audited object to look for. Singletons have no `id`. */
export type AuditedObject = { event: 'AM-CONFIG-CHANGE' | 'AM-IDENTITY-CHANGE'; kind: string; id?: string }

/** Source: `docs/operations-wire.md`, "Audit". @returns undefined when the 50 newest entries have no such change. */
export async function lastChange(
  realm: string,
  { event, kind, id }: AuditedObject,
): Promise<LastChange | undefined> {
  const { result } = await request(entriesSchema, `${realmPath(realm)}/audit`, {
    query: { event, ...(event === 'AM-IDENTITY-CHANGE' ? { whom: id } : {}), _pageSize: 50 },
  })
  const found = result.find(
    ({ what }) =>
      event === 'AM-IDENTITY-CHANGE' || (what?.kind === kind && (id === undefined || what.id === id)),
  )
  return found && { by: found.who?.name, at: Date.parse(found.timestamp) }
}
