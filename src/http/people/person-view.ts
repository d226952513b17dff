import { pick } from '../../crest/collection.ts'
import type { JsonObject } from '../../engine/json.ts'
import type { Identities } from '../../people/identities.ts'
import type { Identity } from '../../people/identity.ts'
import { personOf } from '../../people/managed-object.ts'

/** What is no attribute, and shown to those alone who ask for it: other tools write back whatever they read. */
const accessMember = '_access'

/** How people are shown with a list of fields. */
export function personView(
  identities: Pick<Identities, 'accessOf'>,
  fields: string | null,
): (identity: Identity) => JsonObject {
  const names = (fields ?? '').split(',').map((field) => field.trim().replace(/^\//, ''))
  const isAccessAsked = names.includes(accessMember)
  const others = names.filter((name) => name !== accessMember).join(',')
  return (identity) => ({
    ...pick(personOf(identity), others),
    ...(isAccessAsked ? { [accessMember]: { ...identities.accessOf(identity) } } : {}),
  })
}
