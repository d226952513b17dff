import type { JsonObject } from '../../base/json.ts'
import { pick } from '../../crest/collection.ts'
import type { Identities } from '../../people/identities.ts'
import type { Identity } from '../../people/identity.ts'
import { personOf } from '../../people/managed-object.ts'

/** Not an attribute, so it is only returned on request: other tools write back everything they read. */
const accessMember = '_access'

/** Returns the resource of a person with the requested fields. */
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
