import { listAudit } from '../../contract/audit.ts'
import { callEndpoint } from './endpoint.ts'
import { listVersions, type VersionedThing } from './versions.ts'

/** `by` is a name; `at` is epoch milliseconds. */
export type LastChange = {
  by: string | undefined
  at: number | undefined
  /** The reason, if the author left one. */
  note: string | undefined
  /** Whether an earlier version was restored. */
  isRestore: boolean
}

/** The audited object to look for. Singletons have no `id`. */
export type AuditedObject = { event: 'AM-CONFIG-CHANGE' | 'AM-IDENTITY-CHANGE'; kind: string; id?: string }

/** The last change of a thing with a history, or else what the audit trail says about it. */
export async function lastChange(
  realm: string,
  changed: AuditedObject | VersionedThing,
): Promise<LastChange | undefined> {
  if ('event' in changed) return lastAudited(realm, changed)
  const [newest] = (await listVersions(realm, changed, { limit: 1 })).result
  return (
    newest && {
      by: newest.savedBy ?? undefined,
      at: newest.savedAt ?? undefined,
      note: newest.note ?? undefined,
      isRestore: newest.cause === 'restore',
    }
  )
}

/** Source: `docs/operations-wire.md`, "Audit". @returns undefined when the 50 newest entries have no such change. */
async function lastAudited(
  realm: string,
  { event, kind, id }: AuditedObject,
): Promise<LastChange | undefined> {
  const isPerson = event === 'AM-IDENTITY-CHANGE'
  const query = { event, whom: isPerson ? id : undefined, _pageSize: 50 }
  const { result } = await callEndpoint(listAudit, { realm, query })
  const found = result.find(
    ({ what }) => isPerson || (what?.kind === kind && (id === undefined || what.id === id)),
  )
  return found && { by: found.who?.name, at: Date.parse(found.timestamp), note: undefined, isRestore: false }
}
