import { listAudit } from '../../contract/audit.ts'
import { callEndpoint } from './endpoint.ts'

/** `by` is a name; `at` is epoch milliseconds. */
export type LastChange = { by: string | undefined; at: number }

/** The audited object to look for. Singletons have no `id`. */
export type AuditedObject = { event: 'AM-CONFIG-CHANGE' | 'AM-IDENTITY-CHANGE'; kind: string; id?: string }

/** Source: `docs/operations-wire.md`, "Audit". @returns undefined when the 50 newest entries have no such change. */
export async function lastChange(
  realm: string,
  { event, kind, id }: AuditedObject,
): Promise<LastChange | undefined> {
  const isPerson = event === 'AM-IDENTITY-CHANGE'
  const query = { event, whom: isPerson ? id : undefined, _pageSize: 50 }
  const { result } = await callEndpoint(listAudit, { realm, query })
  const found = result.find(
    ({ what }) => isPerson || (what?.kind === kind && (id === undefined || what.id === id)),
  )
  return found && { by: found.who?.name, at: Date.parse(found.timestamp) }
}
