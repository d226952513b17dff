import * as z from 'zod/mini'
import { type Callback, outputOf } from '../../api/authenticate.ts'
import { textsOf } from './inputs.ts'

const paramsSchema = z._default(z.record(z.string(), z.unknown()), {})

const failedSchema = z.object({ policyRequirement: z.string(), params: paramsSchema })

/** A requirement that a value fails. */
export type FailedPolicy = z.infer<typeof failedSchema>

const policySchema = z.object({
  policyId: z.string(),
  policyRequirements: z._default(z.array(z.string()), []),
  params: paramsSchema,
})

/** A policy that a callback announces. */
export type Policy = z.infer<typeof policySchema>

const policiesSchema = z.object({ policies: z.array(z.unknown()) })

const propertySchema = z.object({ property: z.string(), policyRequirements: z.array(failedSchema) })

export function policiesOf(callback: Callback): Policy[] {
  const read = z.safeParse(policiesSchema, outputOf(callback, 'policies'))
  return read.success ? read.data.policies.flatMap((policy) => parsed(policySchema, policy)) : []
}

/** The output is a list of JSON texts. */
export function failedPoliciesOf(callback: Callback): FailedPolicy[] {
  return textsOf(callback, 'failedPolicies').flatMap((text) => parsed(failedSchema, text))
}

/** The `detail.failedPolicyRequirements` of a failure by attribute. Its items can be JSON texts. */
export function failuresByProperty(detail: unknown): Record<string, FailedPolicy[]> {
  const read = z.safeParse(z.object({ failedPolicyRequirements: z.array(z.unknown()) }), detail)
  const all = read.success ? read.data.failedPolicyRequirements : []
  const entries = all.flatMap((each) => parsed(propertySchema, each))
  return Object.fromEntries(entries.map(({ property, policyRequirements }) => [property, policyRequirements]))
}

function parsed<Schema extends z.ZodMiniType>(schema: Schema, value: unknown): z.infer<Schema>[] {
  const read = z.safeParse(schema, typeof value === 'string' ? jsonOf(value) : value)
  return read.success ? [read.data] : []
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

type Rule = (text: string, params: Readonly<Record<string, unknown>>) => boolean

/** Policies that the page can check during input. The server checks them again. */
const rules: Readonly<Record<string, Rule>> = {
  REQUIRED: (text) => text !== '',
  MIN_LENGTH: (text, { minLength }) => text.length >= Number(minLength),
  MAX_LENGTH: (text, { maxLength }) => text.length <= Number(maxLength),
  AT_LEAST_X_CAPITAL_LETTERS: (text, { numCaps }) => count(text, /\p{Lu}/gu) >= Number(numCaps),
  AT_LEAST_X_NUMBERS: (text, { numNums }) => count(text, /\p{Nd}/gu) >= Number(numNums),
  CANNOT_CONTAIN_CHARACTERS: (text, { forbiddenChars }) =>
    !(Array.isArray(forbiddenChars) ? forbiddenChars : []).some((each) => text.includes(String(each))),
  CANNOT_CONTAIN_DUPLICATES: (text, { duplicateLength }) =>
    longestRun(text) < Math.max(2, Number(duplicateLength)),
  VALID_EMAIL_ADDRESS_FORMAT: (text) => /^[^\s@]+@[^\s@]+$/.test(text),
  VALID_PHONE_FORMAT: (text) => /^\+?[\d()/. -]*\d[\d()/. -]*$/.test(text),
}

export function requirementOf({ policyId, policyRequirements: [first] }: Policy): string {
  return first ?? policyId.toUpperCase().replaceAll('-', '_')
}

/** @returns undefined for policies that only the server can check. */
export function isMet(policy: Policy, text: string): boolean | undefined {
  const requirement = requirementOf(policy)
  return Object.hasOwn(rules, requirement) ? rules[requirement]?.(text, policy.params) : undefined
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0
}

function longestRun(text: string): number {
  let longest = 0
  let run = 0
  let last = ''
  for (const character of text) {
    run = character === last ? run + 1 : 1
    last = character
    longest = Math.max(longest, run)
  }
  return longest
}
