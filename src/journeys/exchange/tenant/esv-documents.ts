import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { defined } from '../../../base/defined.ts'
import type { JsonObject } from '../../../base/json.ts'
import {
  decodedBase64,
  type ExpressionType,
  expectedOf,
  expressionTypes,
  typedValue,
} from '../../../engine/expression-type.ts'
import { hasPlaceholder } from '../../../engine/placeholders.ts'
import { type EsvVariable, esvIdPattern, maxValueBytes, sentRealmsSchema } from '../../../esvs/esv.ts'

/** A variable of a file. Without `value` the file has none. */
export type VariableInFile = Pick<EsvVariable, 'id'> & {
  value?: string
  description?: string
  expressionType?: ExpressionType
  realms?: string[] | null
}

export type ReadEsv =
  | { kind: 'variable'; variable: VariableInFile }
  | { kind: 'secret' }
  | { problem: string; at: readonly PropertyKey[] }

const text = z.string('must be a text')

const documentSchema = z.object({
  valueBase64: text.nullish(),
  /** frodo can write values without base64. */
  value: z.union([z.string(), z.number(), z.boolean()], 'must be a text').nullish(),
  description: text.max(2048).nullish(),
  expressionType: z
    .enum(['', ...expressionTypes], `must be one of ${expressionTypes.join(', ')}`)
    .transform((type) => type || 'string')
    .nullish(),
  realms: sentRealmsSchema,
})

const secretMembers = ['encoding', 'activeVersion', 'useInPlaceholders', 'activeValue', 'versions']

/** Tools leave out values this way, for those that push the files to fill in. */
const placeholder = /^\$\{[^}]*\}$/

/** Reads a variable or secret of an export. A problem never contains a value. */
export function readEsv(id: string, document: JsonObject): ReadEsv {
  if (secretMembers.some((name) => Object.hasOwn(document, name))) return { kind: 'secret' }
  const parsed = documentSchema.safeParse(document)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    return problem(String(issue?.path[0] ?? ''), issue?.message ?? 'is invalid')
  }
  const { valueBase64, value, description, expressionType, realms } = parsed.data
  const member = typeof valueBase64 === 'string' ? 'valueBase64' : 'value'
  const given = valueBase64 ?? value ?? undefined
  const isAbsent = given === undefined || placeholder.test(String(given))
  const decoded = isAbsent ? undefined : decodedValue(valueBase64, value)
  if (!isAbsent && decoded === undefined) return problem(member, 'must be a text in base64')
  const wrong = decoded === undefined ? undefined : wrongValue(id, decoded, expressionType ?? undefined)
  if (wrong !== undefined) return wrong === '_id' ? problem('_id', idRule) : problem(member, wrong)
  const variable: VariableInFile = {
    id,
    ...(decoded === undefined ? {} : { value: decoded }),
    ...(typeof description === 'string' ? { description } : {}),
    ...(expressionType ? { expressionType } : {}),
    ...(realms === undefined ? {} : { realms }),
  }
  return { kind: 'variable', variable }
}

const idRule = 'must be esv- and then up to 124 of a-z, 0-9, - and _'

function decodedValue(valueBase64: string | null | undefined, value: unknown): string | undefined {
  if (typeof valueBase64 === 'string') return decodedBase64(valueBase64)
  return String(value)
}

function wrongValue(id: string, value: string, type: ExpressionType = 'string'): string | undefined {
  if (!esvIdPattern.test(id)) return '_id'
  if (Buffer.byteLength(value) > maxValueBytes) return `must have at most ${maxValueBytes} bytes`
  if (hasPlaceholder(value) || typedValue(value, type) !== undefined) return undefined
  return `must be ${expectedOf[type]}, as the expressionType is ${type}`
}

function problem(member: string, words: string): Extract<ReadEsv, { problem: string }> {
  return { problem: `${member}: ${words}`, at: [member] }
}

/** The document with the value, description, type and realms that the variable has now. */
export function currentVariable(document: JsonObject, stored: EsvVariable): JsonObject {
  const read = readEsv(stored.id, document)
  if (!('variable' in read)) return document
  const { value, description, expressionType, realms } = read.variable
  const isSame =
    value === stored.value &&
    (description ?? stored.description) === stored.description &&
    (expressionType ?? 'string') === stored.expressionType &&
    // rule S43: otherwise exports give a variable that lost realms since its import the old ones
    isDeepStrictEqual(realms ?? undefined, stored.realms)
  if (isSame) return document
  const { value: _value, realms: _realms, ...others } = document
  return { ...others, ...variableDocument(stored) }
}

/** A variable as exports contain it. Dates and authors would make unchanged exports differ. */
export function variableDocument(variable: EsvVariable): JsonObject {
  const { id, description, expressionType, value, realms } = variable
  return {
    _id: id,
    description,
    expressionType,
    valueBase64: Buffer.from(value).toString('base64'),
    // Without them, an import elsewhere would give the variable to all realms.
    // rule S43: otherwise exports give variables of some realms without their realms
    ...defined({ realms }),
  }
}
