import { z } from 'zod'
import { type Json, jsonObjectSchema, jsonSchema } from '../../base/json.ts'
import { type Callback, callbackTypes, decodeCallbacks } from '../../engine/callbacks.ts'
import type { ScriptAnswer } from '../../sandbox/script-engine.ts'
import { runsAlone, scriptContext } from '../script-contexts.ts'

const text = z.string('must be a text')
const stateKeys = z.array(text, 'must be a list of state keys').default(['*'])
const texts = z.record(text, z.union([text.transform((one) => [one]), z.array(text)])).default({})

/** A callback as on the wire with its inputs filled in, or its type and one value. */
const answerSchema = z.object({
  type: z.enum(callbackTypes, 'must be the name of a callback'),
  output: z.array(z.object({ name: text, value: jsonSchema.default(null) })).default([]),
  input: z.array(z.object({ name: text, value: jsonSchema.optional() })).optional(),
  value: jsonSchema.optional(),
})

const responseSchema = z.object({
  status: z.int().min(100).max(599).default(200),
  headers: texts,
  body: text.default(''),
})

/** A script to try, and its inputs. */
export const trialSchema = z
  .object({
    /** The source in base64, as in the script resource. `source` has it as plain text. */
    script: z.base64('must be base64').optional(),
    source: text.optional(),
    context: text,
    evaluatorVersion: text.optional(),
    name: text.min(1).default('Draft'),
    state: z
      .object({
        shared: jsonObjectSchema.default({}),
        transient: jsonObjectSchema.default({}),
        secure: jsonObjectSchema.default({}),
      })
      .prefault({}),
    inputs: stateKeys,
    outputs: stateKeys,
    outcomes: z.array(text, 'must be a list of outcomes').optional(),
    properties: jsonObjectSchema.default({}),
    profile: z
      .object({
        rawProfile: jsonObjectSchema.exactOptional(),
        normalizedProfile: jsonObjectSchema.exactOptional(),
        jwtClaims: jsonObjectSchema.exactOptional(),
        selectedIdp: text.default(''),
      })
      .optional(),
    answers: z.array(answerSchema, 'must be a list of callbacks').max(100).default([]),
    headers: texts,
    parameters: texts,
    cookies: z.record(text, text).default({}),
    locales: z.array(text).default(['en']),
    existingSession: z.record(text, text).nullish(),
    resumedFromSuspend: z.boolean('must be true or false').default(false),
    journey: text.default('Trial'),
    effects: z.boolean('must be true or false').default(false),
    responses: z.array(responseSchema, 'must be a list of answers').max(100).default([]),
  })
  .superRefine(({ script, source, context, evaluatorVersion, answers }, issues) => {
    const refuse = (member: string, message: string) =>
      issues.addIssue({ code: 'custom', path: [member], message })
    if ((script === undefined) === (source === undefined)) refuse('script', 'is required, or source instead')
    const known = scriptContext(context)
    if (known === undefined || !runsAlone(known)) refuse('context', 'has no scripts that can run alone')
    else if (evaluatorVersion !== undefined && !known.evaluatorVersions.includes(evaluatorVersion)) {
      refuse('evaluatorVersion', `must be ${known.evaluatorVersions.join(' or ')}`)
    }
    const read = readAnswers(answers)
    if (typeof read === 'string') refuse('answers', read)
  })

export type Trial = z.output<typeof trialSchema>
export type TrialResponse = z.output<typeof responseSchema>

export function sourceOf({ script, source }: Trial): string {
  return source ?? Buffer.from(script ?? '', 'base64').toString()
}

export function answersOf({ answers }: Trial): ScriptAnswer[] {
  const read = readAnswers(answers)
  return typeof read === 'string' ? [] : read
}

/** Decodes the answers like those of a client. @returns an error text for answers that don't fit. */
function readAnswers(answers: readonly z.output<typeof answerSchema>[]): ScriptAnswer[] | string {
  const sent = answers.map(
    ({ type, output }): Callback => ({
      type,
      output: Object.fromEntries(output.map(({ name, value }): [string, Json] => [name, value])),
    }),
  )
  const submitted = answers.map(({ type, input, value }, place) => ({
    type,
    input: input ?? (value === undefined ? [] : [{ name: `IDToken${place + 1}`, value }]),
  }))
  const decoded = decodeCallbacks(sent, submitted)
  return decoded.ok ? decoded.answers : decoded.message
}

/** Scripts see header names in lower case. */
export function lowerCase(headers: Readonly<Record<string, string[]>>): Record<string, string[]> {
  return Object.fromEntries(Object.entries(headers).map(([name, values]) => [name.toLowerCase(), values]))
}
