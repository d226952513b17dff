import type { JsonObject } from '../../../base/json.ts'
import { realmServices } from '../../../realms/services/realm-services.ts'
import { type Finding, finding } from '../finding.ts'
import { type KeptDocument, keptDocumentSchema, keptKind, keptName } from '../kept-documents.ts'
import { keptRoleOf } from './kept-role.ts'
import { realmSettingKind } from './plan-settings.ts'

/** The access to OAuth2 clients, as a kind of things. */
export const oauthClientKind = 'oauthClient'

const maxNames = 10

/**
 * Leaves out authentication settings, services and OAuth2 clients that the person who imports may not write, so that authors can
 * import the journeys beside them. Nothing of them is stored, because an export would give it to others.
 */
export function withoutForbiddenSettings<One extends { kind: string; document: JsonObject }>(
  documents: readonly One[],
  mayWrite: (kind: string) => boolean = () => true,
): { documents: readonly One[]; findings: Finding[] } {
  if ([realmSettingKind, oauthClientKind].every(mayWrite)) return { documents, findings: [] }
  const left: string[] = []
  const allowed = documents.filter(({ kind, document }) => {
    const kept = kind === keptKind ? keptDocumentSchema.safeParse(document).data : undefined
    const isAllowed = kept === undefined || mayWriteKept(kept, mayWrite)
    if (!isAllowed) left.push(keptName(kept))
    return isAllowed
  })
  if (left.length === 0) return { documents, findings: [] }
  const more = left.length > maxNames ? ` and ${left.length - maxNames} more` : ''
  const words = `Not applied: authentication settings, services and OAuth2 clients need an administrator of the realm (${left.slice(0, maxNames).join(', ')}${more})`
  return { documents: allowed, findings: [finding('note', words)] }
}

function mayWriteKept(kept: KeptDocument, mayWrite: (kind: string) => boolean): boolean {
  const role = keptRoleOf(kept)
  if (role === undefined) return true
  if (role.kind === 'client') return mayWrite(oauthClientKind)
  const isServed = role.kind === 'authentication' || realmServices.some(({ id }) => id === role.id)
  // Others are only kept, which is an access of its own.
  return !isServed || mayWrite(realmSettingKind)
}
