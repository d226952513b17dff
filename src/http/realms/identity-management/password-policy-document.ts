import { z } from 'zod'
import { isJsonObject, type JsonObject } from '../../../engine/json.ts'
import type { RealmSettings } from '../../../realms/realm.ts'
import { parseAttributes } from '../../configuration-resource.ts'
import type { ConfigurationDocument } from './configuration-document.ts'

const lengthBased = 'length-based'
const length = z.int().min(0)

const bodySchema = z.looseObject({
  validator: z
    .array(
      z.looseObject({
        type: z.string(),
        enabled: z.boolean().optional(),
        minPasswordLength: length.optional(),
        maxPasswordLength: length.optional(),
      }),
    )
    .default([]),
})

/** Limits of a realm's own settings. */
const shortest = 1
const longest = 128

/**
 * `fieldPolicy/alpha_user`: the rules for new passwords of a realm. Their lengths are settings of the realm, other validators are
 * kept. Source: "Password policy" of the vendor's identity management.
 */
export const passwordPolicyDocument: ConfigurationDocument = {
  show({ passwordPolicy }, kept) {
    const validators = Array.isArray(kept.validator) ? kept.validator.filter(isJsonObject) : []
    const own = withLengths(validators.find(isLengthBased) ?? { type: lengthBased }, passwordPolicy)
    return {
      type: 'password-policy',
      field: 'password',
      ...kept,
      validator: validators.some(isLengthBased)
        ? validators.map((one) => (isLengthBased(one) ? own : one))
        : [own, ...validators],
    }
  },
  apply(settings, body) {
    const { validator } = parseAttributes(bodySchema, body)
    const { minLength, maxLength } = lengthsOf(validator.find(isLengthBased) ?? {})
    return { ...settings, passwordPolicy: { ...settings.passwordPolicy, minLength, maxLength } }
  },
  findings: (body) =>
    parseAttributes(bodySchema, body)
      .validator.filter(({ type, enabled }) => type !== lengthBased && enabled !== false)
      .map(({ type }) => `The validator ${type} is kept, and checks nothing here`),
}

function isLengthBased({ type }: { type?: unknown }): boolean {
  return type === lengthBased
}

/** The lengths in a realm's settings. A disabled validator, and 0 as the maximum, allow what the server can store. */
function lengthsOf(validator: {
  enabled?: unknown
  minPasswordLength?: unknown
  maxPasswordLength?: unknown
}): Pick<RealmSettings['passwordPolicy'], 'minLength' | 'maxLength'> {
  const isEnabled = validator.enabled !== false
  const number = (value: unknown) => (isEnabled && typeof value === 'number' ? value : 0)
  const minLength = Math.min(Math.max(number(validator.minPasswordLength), shortest), longest)
  const maxLength = Math.min(number(validator.maxPasswordLength) || longest, longest)
  return { minLength, maxLength }
}

/** As it was sent, unless the realm's settings changed since. */
function withLengths(validator: JsonObject, policy: RealmSettings['passwordPolicy']): JsonObject {
  const { minLength, maxLength } = lengthsOf(validator)
  if (minLength === policy.minLength && maxLength === policy.maxLength) return validator
  return {
    ...validator,
    enabled: true,
    minPasswordLength: policy.minLength,
    maxPasswordLength: policy.maxLength,
  }
}
