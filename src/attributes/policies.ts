import { isJsonObject, type Json, type JsonObject } from '../base/json.ts'
import { isCommonPassword, wordsAbout } from './common-passwords.ts'
import { fold, normalized } from './fold.ts'

/** A policy of a schema. Source: "Default policy for managed objects" in the PingIDM documentation. */
export type Policy = { policyId: string; params?: JsonObject }

/** A requirement that a value does not meet. Never contains the value. */
export type FailedPolicy = { policyRequirement: string; params?: JsonObject }

/** The value to check and its context. */
export type Subject = {
  attribute: string
  value: Json
  /** All of the person's values, including the ones to check. */
  object: JsonObject
  /** Whether no other identity has this value. */
  isUnique(attribute: string, value: string): Promise<boolean>
  /** Publicly known words about the realm. */
  contextWords?: readonly string[]
  isBreached(password: string): Promise<boolean>
}

/** @returns true for a valid value; otherwise the params to report, or false to report those of the policy. */
type Check = (subject: Subject, params: JsonObject) => boolean | JsonObject | Promise<boolean>

/** `isLast`: checked only if all policies before it passed. */
type PolicyRule = { requirement: string; check: Check; isForAbsent?: boolean; isLast?: boolean }

const text = (check: (text: string, params: JsonObject) => boolean): Check => {
  return ({ value }, params) => typeof value !== 'string' || value === '' || check(value, params)
}

const size = (value: Json) => (typeof value === 'string' || Array.isArray(value) ? value.length : undefined)
const number = (value: Json | undefined, preset: number) => (typeof value === 'number' ? value : preset)
const texts = (value: Json | undefined) =>
  typeof value === 'string' ? value.split(',') : Array.isArray(value) ? value.map(String) : []
const count = (value: string, pattern: RegExp) => value.match(pattern)?.length ?? 0
const isAbsent = (value: Json) => value === null || value === '' || (Array.isArray(value) && !value.length)

const rules: Readonly<Record<string, PolicyRule>> = {
  required: { requirement: 'REQUIRED', isForAbsent: true, check: ({ value }) => value !== null },
  'not-empty': { requirement: 'REQUIRED', isForAbsent: true, check: ({ value }) => !isAbsent(value) },
  'valid-type': { requirement: 'VALID_TYPE', check: hasValidType },
  unique: {
    requirement: 'UNIQUE',
    check: ({ attribute, value, isUnique }) => typeof value !== 'string' || isUnique(attribute, value),
  },
  // rule S20: otherwise two usernames can look alike, or a username contains characters that nobody sees
  'valid-username': {
    requirement: 'VALID_USERNAME',
    // Forbids separators of paths, headers and distinguished names, because usernames appear in all of these, and
    // spaces, invisible and compatibility characters that a reader can't see, because different usernames must not look alike.
    check: text(
      (name) =>
        name === name.normalize('NFKC') &&
        fold(name) === normalized(name) &&
        !/[\p{Cc}/\\?#%;,"<>=]/u.test(name),
    ),
  },
  'valid-email-address-format': {
    requirement: 'VALID_EMAIL_ADDRESS_FORMAT',
    check: text(isAddress),
  },
  'valid-phone-format': {
    requirement: 'VALID_PHONE_FORMAT',
    check: text((phone) => phone.length <= 40 && /^\+?[0-9()/. -]*[0-9][0-9()/. -]*$/.test(phone)),
  },
  'valid-name-format': {
    requirement: 'VALID_NAME_FORMAT',
    check: text((name) => !/[\p{Cc}{}<>=]/u.test(name)),
  },
  'valid-date': { requirement: 'VALID_DATE', check: text((date) => !Number.isNaN(Date.parse(date))) },
  'minimum-length': {
    requirement: 'MIN_LENGTH',
    check: ({ value }, { minLength }) => (size(value) ?? Infinity) >= number(minLength, 0),
  },
  'maximum-length': {
    requirement: 'MAX_LENGTH',
    check: ({ value }, { maxLength }) => (size(value) ?? 0) <= number(maxLength, Infinity),
  },
  'minimum-number': {
    requirement: 'MINIMUM_NUMBER_VALUE',
    check: ({ value }, { minimum }) => typeof value !== 'number' || value >= number(minimum, -Infinity),
  },
  'maximum-number': {
    requirement: 'MAXIMUM_NUMBER_VALUE',
    check: ({ value }, { maximum }) => typeof value !== 'number' || value <= number(maximum, Infinity),
  },
  'at-least-X-capitals': {
    requirement: 'AT_LEAST_X_CAPITAL_LETTERS',
    check: text((value, { numCaps }) => count(value, /\p{Lu}/gu) >= number(numCaps, 1)),
  },
  'at-least-X-numbers': {
    requirement: 'AT_LEAST_X_NUMBERS',
    check: text((value, { numNums }) => count(value, /\p{Nd}/gu) >= number(numNums, 1)),
  },
  'cannot-contain-characters': {
    requirement: 'CANNOT_CONTAIN_CHARACTERS',
    check: text((value, { forbiddenChars }) => !texts(forbiddenChars).some((part) => value.includes(part))),
  },
  'cannot-contain-duplicates': {
    requirement: 'CANNOT_CONTAIN_DUPLICATES',
    check: text((value, { duplicateLength }) => longestRun(value) < Math.max(2, number(duplicateLength, 2))),
  },
  'cannot-contain-others': { requirement: 'CANNOT_CONTAIN_OTHERS', check: containsNoOther },
  // Sidegate's own policy.
  'not-common': {
    requirement: 'DICTIONARY',
    isLast: true,
    check: ({ value, object, contextWords = [] }) =>
      typeof value !== 'string' || !isCommonPassword(value, [...contextWords, ...wordsAbout(object)]),
  },
  // Sidegate's own policy. PingDS calls such a check a dictionary, so clients already have a text for the requirement.
  'not-breached': {
    requirement: 'DICTIONARY',
    isLast: true,
    check: async ({ value, isBreached }) =>
      typeof value !== 'string' || value === '' || !(await isBreached(value)),
  },
}

/** Whether a text has the form of an email address. */
export function isAddress(text: string): boolean {
  const address = /^[^\s@<>",;:()[\]\\]+@[^\s@.<>",;:()[\]\\]+(?:\.[^\s@.<>",;:()[\]\\]+)*$/
  return text.length <= 254 && address.test(text)
}

/** The requirement of a policy; undefined for unknown policies. */
export function requirementOf({ policyId }: Policy): string | undefined {
  return ruleOf(policyId)?.requirement
}

/**
 * Checks one value. An absent value only fails policies that require a value. Each requirement is reported once.
 * @throws Error for an unknown policy, because a schema must not promise checks that don't exist.
 */
export async function failedPolicies(policies: readonly Policy[], subject: Subject): Promise<FailedPolicy[]> {
  const failed = new Map<string, FailedPolicy>()
  for (const { policyId, params } of policies) {
    const rule = ruleOf(policyId)
    if (rule === undefined) throw new Error(`Policy ${policyId} of ${subject.attribute} does not exist`)
    const { requirement, isForAbsent, isLast, check } = rule
    if (failed.has(requirement) || (!isForAbsent && subject.value === null)) continue
    if (isLast && failed.size > 0) continue
    const answer = await check(subject, params ?? {})
    if (answer === true) continue
    const shown = answer === false ? params : answer
    failed.set(requirement, { policyRequirement: requirement, ...(shown && { params: shown }) })
  }
  return [...failed.values()]
}

function ruleOf(policyId: string): PolicyRule | undefined {
  return Object.hasOwn(rules, policyId) ? rules[policyId] : undefined
}

function hasValidType({ value }: Subject, params: JsonObject): true | JsonObject {
  const validTypes = texts(params.types)
  const type = typeOf(value)
  const isValid = validTypes.includes(type) || (type === 'integer' && validTypes.includes('number'))
  return isValid || { invalidType: type, validTypes }
}

function typeOf(value: Json): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return Number.isInteger(value) ? 'integer' : typeof value
}

/** Case-sensitive, as in PingIDM. */
function containsNoOther({ value, object }: Subject, { disallowedFields }: JsonObject): true | JsonObject {
  if (typeof value !== 'string') return true
  const contained = texts(disallowedFields).filter((field) => {
    const other = isJsonObject(object) && Object.hasOwn(object, field) ? object[field] : undefined
    return typeof other === 'string' && other !== '' && value.includes(other)
  })
  return contained.length === 0 || { disallowedFields: contained }
}

function longestRun(value: string): number {
  let longest = 0
  let run = 0
  let last = ''
  for (const character of value) {
    run = character === last ? run + 1 : 1
    last = character
    longest = Math.max(longest, run)
  }
  return longest
}
