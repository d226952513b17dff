import type { Texts } from '../translations/texts.tsx'
import { fill } from '../translations/texts.tsx'
import { type FailedPolicy, type Policy, requirementOf } from './policies.ts'

type Params = Readonly<Record<string, unknown>>

/** A short requirement; undefined for policies that are only explained in errors. */
export function requirementText(texts: Texts, policy: Policy): string | undefined {
  return policyText(texts.needs, requirementOf(policy), policy.params, texts)
}

/** An error as a sentence. */
export function failureText(texts: Texts, { policyRequirement, params }: FailedPolicy): string {
  return policyText(texts.fails, policyRequirement, params, texts) ?? texts.failsOther
}

/** Uses the singular text, if there is one, when a parameter is 1. */
function policyText(
  templates: Readonly<Record<string, string>>,
  requirement: string,
  params: Params,
  texts: Texts,
): string | undefined {
  const isOne = Object.values(params).some((value) => value === 1)
  const key = isOne && Object.hasOwn(templates, `${requirement}.1`) ? `${requirement}.1` : requirement
  const text = Object.hasOwn(templates, key) ? templates[key] : undefined
  return text === undefined ? undefined : fill(text, { ...params, ...namesIn(params, texts) })
}

/** Replaces attribute names with their labels. */
function namesIn({ disallowedFields }: Params, texts: Texts): Params {
  const fields = typeof disallowedFields === 'string' ? disallowedFields.split(',') : disallowedFields
  if (!Array.isArray(fields)) return {}
  const named = fields.map((field) =>
    Object.hasOwn(texts.attributes, field) ? texts.attributes[field] : String(field),
  )
  return { disallowedFields: named }
}
