import type { Words } from '../translations/en.ts'
import { fill } from '../translations/words.tsx'
import { type FailedPolicy, type Policy, requirementOf } from './policies.ts'

type Params = Readonly<Record<string, unknown>>

/** What a value needs, in a few words; undefined for what is better said when it is wrong. */
export function needInWords(words: Words, policy: Policy): string | undefined {
  return inWords(words.needs, requirementOf(policy), policy.params, words)
}

/** What is wrong with a value, in a sentence. */
export function failureInWords(words: Words, { policyRequirement, params }: FailedPolicy): string {
  return inWords(words.fails, policyRequirement, params, words) ?? words.failsOther
}

/** Counts of one have words of their own. */
function inWords(
  texts: Readonly<Record<string, string>>,
  requirement: string,
  params: Params,
  words: Words,
): string | undefined {
  const isOne = Object.values(params).some((value) => value === 1)
  const key = isOne && Object.hasOwn(texts, `${requirement}.1`) ? `${requirement}.1` : requirement
  const text = Object.hasOwn(texts, key) ? texts[key] : undefined
  return text === undefined ? undefined : fill(text, { ...params, ...namesIn(params, words) })
}

/** Attributes are called what people call them. */
function namesIn({ disallowedFields }: Params, words: Words): Params {
  const fields = typeof disallowedFields === 'string' ? disallowedFields.split(',') : disallowedFields
  if (!Array.isArray(fields)) return {}
  const named = fields.map((field) =>
    Object.hasOwn(words.attributes, field) ? words.attributes[field] : String(field),
  )
  return { disallowedFields: named }
}
