import type { Json, JsonObject } from '../../base/json.ts'
import { type Answer, type Callback, callback } from '../../engine/callbacks.ts'
import type { FailedPolicy, IdentityPort, PersonAttribute } from '../ports/ports.ts'
import { failedPoliciesOutput, isValidateOnly } from './policy-checks.ts'

/** An attribute to collect. */
export type Field = {
  name: string
  type: keyof typeof kinds
  prompt: string
  required: boolean
  policies: JsonObject
}

/** The types that can be collected: the callback, and its value if none is known. */
const kinds = {
  string: { callback: 'StringAttributeInputCallback', blank: '' },
  number: { callback: 'NumberAttributeInputCallback', blank: null },
  integer: { callback: 'NumberAttributeInputCallback', blank: null },
  boolean: { callback: 'BooleanAttributeInputCallback', blank: false },
} as const

type Request = { attributesToCollect: readonly string[]; required: boolean; validateInputs: boolean }

/** @returns the fields in order, or the error to fail with */
export function fieldsOf(request: Request, identities: Pick<IdentityPort, 'attribute'>): Field[] | string {
  const fields: Field[] = []
  for (const name of request.attributesToCollect) {
    const attribute = identities.attribute(name)
    if (attribute === undefined || !isOffered(attribute, request.validateInputs)) {
      return 'Configuration contains an invalid attribute'
    }
    const types: readonly string[] = typeof attribute.type === 'string' ? [attribute.type] : attribute.type
    const type = types.find((each) => each !== 'null') ?? 'none'
    if (!isAskable(type)) return `Unhandleable data type: ${type}`
    fields.push({
      name,
      type,
      prompt: attribute.title || attribute.description || name,
      required: request.required && !types.includes('null'),
      policies: request.validateInputs ? attribute.policies : {},
    })
  }
  return fields
}

function isOffered(attribute: PersonAttribute, isEdited: boolean): boolean {
  return attribute.viewable && (!isEdited || attribute.userEditable)
}

function isAskable(type: string): type is Field['type'] {
  return Object.hasOwn(kinds, type)
}

/** The answers by field name. Other answers are ignored. */
export function answersByName(fields: readonly Field[], answers: readonly Answer[]): Map<string, Answer> {
  const found = fields.map(({ name, type }) => {
    const isIts = (answer: Answer) => answer.type === kinds[type].callback && answer.output.name === name
    return [name, answers.find(isIts)] as const
  })
  return new Map(found.filter((pair): pair is [string, Answer] => pair[1] !== undefined))
}

export function givenValue(answer: Answer | undefined): Json {
  return answer?.input[''] ?? null
}

/** Whether a required value is missing. `false` is a value. */
export function isMissing(field: Field, answers: ReadonlyMap<string, Answer>): boolean {
  const value = givenValue(answers.get(field.name))
  return field.required && (value === null || value === '')
}

/** The callback for a field. Its value is also the initial input, so an unchanged form keeps it. */
export function questionOf(
  field: Field,
  known: Json,
  answer: Answer | undefined,
  failures: readonly FailedPolicy[] | undefined,
): Callback {
  const { name, prompt, required, policies, type } = field
  const value = known ?? kinds[type].blank
  const output = {
    name,
    prompt,
    required,
    policies,
    failedPolicies: failedPoliciesOutput(failures),
    validateOnly: isValidateOnly(answer),
    value,
  }
  return callback(kinds[type].callback, output, { '': value ?? '' })
}
