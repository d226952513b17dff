import type { Json } from '../../base/json.ts'
import { oauthClientKind } from './tenant/forbidden-settings.ts'
import { realmSettingKind } from './tenant/plan-settings.ts'

/** An item of a plan, as an answer has it. */
type Item = { kind?: Json; name?: Json; status?: Json }

/** Whether an import changed settings or OAuth2 clients of the realm, or variables of the server. */
export function isOfTenant({ kind, status }: Item): boolean {
  const isBeside = kind === realmSettingKind || kind === oauthClientKind || kind === 'variable'
  return isBeside && (status === 'new' || status === 'changed')
}

/** The journeys of an import, and what it changed beside the content of the realm, for the audit trail. */
export function importedNames(items: readonly Item[]): string | undefined {
  const named = items.filter((item) => item.kind === 'journey' || isOfTenant(item))
  return named.length === 0 ? undefined : named.map(shownName).join(', ')
}

/** Ids of clients say nothing alone. */
function shownName({ kind, name }: Item): string {
  const words = typeof name === 'string' ? name : ''
  return kind === oauthClientKind ? `OAuth2 client ${words}` : words
}
