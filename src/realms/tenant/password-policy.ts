import { z } from 'zod'
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts'
import { passwordPolicySchema } from '../people-settings.ts'
import type { RealmSettings } from '../realm.ts'
import { problemIn, type TenantSetting } from './tenant-setting.ts'

type Policy = RealmSettings['passwordPolicy']

const isEnabled = z.boolean().default(true)
const length = z.int().min(0)

/** The validators that have settings here. Others are kept. */
const validators = {
  'length-based': z.object({
    enabled: isEnabled,
    minPasswordLength: length.exactOptional(),
    maxPasswordLength: length.exactOptional(),
  }),
  'character-set': z.object({
    enabled: isEnabled,
    /** Such as `1:0123456789`: how many characters of a set a password needs. */
    characterSet: z
      .array(z.string().regex(/^\d+:./s, 'must be a number and characters, such as 1:0123456789'))
      .exactOptional(),
    minCharacterSets: length.nullish(),
    allowUnclassifiedCharacters: z.boolean().nullish(),
  }),
  /** Without names, it compares the password with all attributes. */
  'attribute-value': z.object({ enabled: isEnabled, matchAttribute: z.array(z.string()).default([]) }),
} as const

const policyDocument = z.object({ validator: z.array(z.looseObject({})).default([]) })

type Read = { policy: Partial<Policy>; ignored: string[] }

/** Limits of our setting. In a document, a maximum of 0 means no limit. */
const longest = 128
const shortestMaximum = 8

/** Rules for passwords. Source: "Password policy" of the vendor's identity management. */
export const passwordPolicySetting: TenantSetting = {
  id: 'passwordPolicy',
  title: 'Password policy',
  apply(settings, document) {
    const parsed = policyDocument.safeParse(document)
    if (!parsed.success) return problemIn(parsed.error)
    const read: Read = { policy: {}, ignored: [] }
    for (const [index, validator] of parsed.data.validator.entries()) {
      const error = readValidator(validator, read)
      if (error === undefined) continue
      const { problem, at } = problemIn(error)
      return { problem: `validator.${index}.${problem}`, at: ['validator', index, ...at] }
    }
    const checked = passwordPolicySchema.safeParse({ ...settings.passwordPolicy, ...read.policy })
    if (!checked.success) return { ...problemIn(checked.error), at: ['validator'] }
    return { settings: { ...settings, passwordPolicy: checked.data }, ignored: read.ignored }
  },
  write(document, { passwordPolicy }) {
    const list = Array.isArray(document.validator) ? document.validator : []
    const types = new Set(list.map(typeOf))
    const missing = Object.keys(validators).filter((type) => !types.has(type))
    const all = [...list, ...missing.map((type): JsonObject => ({ type, enabled: true }))]
    const validator = all.map((one) => writtenValidator(one, passwordPolicy))
    return { type: 'password-policy', field: 'password', ...document, validator }
  },
}

function readValidator(
  validator: Record<string, unknown>,
  { policy, ignored }: Read,
): z.ZodError | undefined {
  switch (typeOf(validator)) {
    case 'length-based': {
      const { data, error } = validators['length-based'].safeParse(validator)
      if (data === undefined) return error
      const { enabled, minPasswordLength, maxPasswordLength } = data
      if (!enabled) Object.assign(policy, { minLength: 1, maxLength: longest })
      else {
        if (minPasswordLength !== undefined) policy.minLength = Math.max(1, minPasswordLength)
        if (maxPasswordLength !== undefined) policy.maxLength = maximumOf(maxPasswordLength)
      }
      return undefined
    }
    case 'character-set': {
      const { data, error } = validators['character-set'].safeParse(validator)
      if (data === undefined) return error
      readCharacterSets(data, { policy, ignored })
      return undefined
    }
    case 'attribute-value': {
      const { data, error } = validators['attribute-value'].safeParse(validator)
      if (data === undefined) return error
      const { enabled, matchAttribute } = data
      policy.mayContainUserName = !(
        enabled &&
        (matchAttribute.length === 0 || matchAttribute.some(isUserName))
      )
      if (enabled && !matchAttribute.every(isUserName))
        ignored.push('the validator attribute-value compares passwords only with the username here')
      return undefined
    }
    default:
      if (validator.enabled !== false)
        ignored.push(`the validator ${String(typeOf(validator) ?? 'without a type')} doesn’t exist here`)
      return undefined
  }
}

function readCharacterSets(
  {
    enabled,
    characterSet,
    minCharacterSets,
    allowUnclassifiedCharacters,
  }: z.infer<(typeof validators)['character-set']>,
  { policy, ignored }: Read,
): void {
  const sets = enabled ? characterSet : []
  // A validator that names no sets says nothing about them.
  if (sets !== undefined) {
    policy.minCapitals = countOf(sets, isCapitals)
    policy.minNumbers = countOf(sets, isNumbers)
  }
  if (!enabled) return
  const others = sets?.filter((set) => !isCapitals(set) && !isNumbers(set) && !set.startsWith('0:')) ?? []
  if (others.length > 0) ignored.push('only capital letters and digits can be required here')
  if (minCharacterSets)
    ignored.push(
      'minCharacterSets of the validator character-set has no effect here: no number of sets is required',
    )
  if (allowUnclassifiedCharacters === false)
    ignored.push(
      'allowUnclassifiedCharacters of the validator character-set has no effect here: all characters are allowed',
    )
}

function writtenValidator(validator: Json, policy: Policy): Json {
  if (!isJsonObject(validator)) return validator
  switch (typeOf(validator)) {
    case 'length-based': {
      const { minLength: minPasswordLength, maxLength } = policy
      const received = validator.maxPasswordLength
      const isSame = typeof received === 'number' && maximumOf(received) === maxLength
      const maxPasswordLength = isSame ? received : maxLength
      return { ...validator, enabled: true, minPasswordLength, maxPasswordLength }
    }
    case 'character-set': {
      const sets = Array.isArray(validator.characterSet)
        ? validator.characterSet.filter((set) => typeof set === 'string')
        : []
      const written = withCount(
        withCount(sets, isCapitals, policy.minCapitals, capitals),
        isNumbers,
        policy.minNumbers,
        digits,
      )
      return { ...validator, enabled: true, characterSet: written }
    }
    case 'attribute-value': {
      const matched = Array.isArray(validator.matchAttribute) ? validator.matchAttribute : []
      const others = matched.filter((name) => typeof name !== 'string' || !isUserName(name))
      if (policy.mayContainUserName)
        return { ...validator, enabled: others.length > 0, matchAttribute: others }
      const isThere = matched.length === 0 || others.length < matched.length
      return { ...validator, enabled: true, matchAttribute: isThere ? matched : [...matched, 'userName'] }
    }
    default:
      return validator
  }
}

const capitals = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const digits = '0123456789'

function isCapitals(set: string): boolean {
  return /^\d+:[A-Z]+$/.test(set)
}

function isNumbers(set: string): boolean {
  return /^\d+:[0-9]+$/.test(set)
}

function isUserName(name: string): boolean {
  return name === 'userName' || name === 'uid'
}

function countOf(sets: readonly string[], isIt: (set: string) => boolean): number {
  return Number(sets.find(isIt)?.split(':')[0] ?? 0)
}

function withCount(
  sets: readonly string[],
  isIt: (set: string) => boolean,
  count: number,
  characters: string,
): string[] {
  if (!sets.some(isIt)) return count === 0 ? [...sets] : [...sets, `${count}:${characters}`]
  return sets.map((set) => (isIt(set) ? `${count}:${set.slice(set.indexOf(':') + 1)}` : set))
}

/** 0 is no maximum. Longer passwords than ours can be aren't possible here. */
function maximumOf(maximum: number): number {
  return maximum === 0 ? longest : Math.min(longest, Math.max(shortestMaximum, maximum))
}

/** Older documents have the type only in the id. */
function typeOf(validator: Json | Record<string, unknown>): string | undefined {
  if (typeof validator !== 'object' || validator === null || Array.isArray(validator)) return undefined
  const { type, _id } = validator
  if (typeof type === 'string') return type
  return typeof _id === 'string' ? /-([a-z]+-[a-z]+)-password-validator$/.exec(_id)?.[1] : undefined
}
