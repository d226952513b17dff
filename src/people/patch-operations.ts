import { z } from 'zod'
import { isJsonObject, type Json, type JsonObject, jsonSchema } from '../engine/json.ts'
import { badRequest } from '../errors.ts'

const operationSchema = z.object({
  operation: z.enum(['add', 'remove', 'replace', 'increment']),
  field: z.string().regex(/^\/?[^/]+(\/[^/]+)*$/, 'must be a path such as /mail'),
  value: jsonSchema.optional(),
})

/** One change of a managed object. Source: "Patch" in the vendor's common REST guide. */
export type PatchOperation = z.infer<typeof operationSchema>

const maxOperations = 200

/** @throws RequestError 400 that names the operation. */
export function parsePatch(body: unknown): PatchOperation[] {
  const parsed = z.array(operationSchema).max(maxOperations).safeParse(body)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw badRequest(`The patch is not valid at ${issue?.path.join('/') || 'its start'}: ${issue?.message}`)
}

/** The object after the operations, in order. @throws RequestError 400 that names the field. */
export function applyPatch(object: JsonObject, operations: readonly PatchOperation[]): JsonObject {
  return operations.reduce((held, operation) => {
    const path = pathOf(operation.field)
    return changed(held, path, operation)
  }, object)
}

/** The attributes that operations touch. */
export function touchedBy(operations: readonly PatchOperation[]): string[] {
  return operations.map(({ field }) => pathOf(field)[0] ?? '')
}

/** Unescapes JSON pointers: `~1` is a slash, `~0` a tilde. */
function pathOf(field: string): string[] {
  const parts = field.replace(/^\//, '').split('/')
  return parts.map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
}

function changed(held: JsonObject, path: readonly string[], operation: PatchOperation): JsonObject {
  const [key = '', ...rest] = path
  if (key === '__proto__') throw badRequest(`${operation.field} cannot be changed`)
  const old = Object.hasOwn(held, key) ? (held[key] ?? null) : null
  const value = rest.length === 0 ? newValue(old, operation) : inside(old, rest, operation)
  if (value !== null) return { ...held, [key]: value }
  const { [key]: _removed, ...others } = held
  return others
}

function inside(old: Json, path: readonly string[], operation: PatchOperation): Json {
  const [key = ''] = path
  const isPlace = path.length === 1 && /^(-|\d{1,6})$/.test(key)
  if (Array.isArray(old) || (old === null && key === '-')) {
    if (!isPlace) throw badRequest(`${operation.field} is a list: name a place in it, or - for its end`)
    return inList(Array.isArray(old) ? old : [], key, operation)
  }
  if (old !== null && !isJsonObject(old))
    throw badRequest(`${operation.field} does not exist: its parent is no object`)
  if (old === null && operation.operation === 'remove') return null
  return changed(old ?? {}, path, operation)
}

function inList(list: readonly Json[], key: string, operation: PatchOperation): Json[] {
  const { field } = operation
  const place = key === '-' ? list.length : Number(key)
  if (operation.operation === 'add')
    return list.toSpliced(Math.min(place, list.length), 0, givenValue(operation))
  const old = list[place]
  if (old === undefined) throw badRequest(`${field} does not exist in the list`)
  const value = newValue(old, operation)
  return value === null ? list.toSpliced(place, 1) : list.with(place, value)
}

/** null means that nothing is left. */
function newValue(old: Json, operation: PatchOperation): Json {
  switch (operation.operation) {
    case 'replace':
      return operation.value ?? null
    case 'add':
      return added(old, givenValue(operation))
    case 'remove':
      return removed(old, operation.value)
    case 'increment': {
      const { field, value = 1 } = operation
      if (typeof (old ?? 0) !== 'number' || typeof value !== 'number')
        throw badRequest(`${field} is no number`)
      return Number(old ?? 0) + value
    }
  }
}

/** A list takes in what it does not have yet, an object what is given; anything else is replaced. */
function added(old: Json, value: Json): Json {
  if (Array.isArray(old)) {
    const news = Array.isArray(value) ? value : [value]
    return [...old, ...news.filter((each) => !old.some((held) => isSame(held, each)))]
  }
  return isJsonObject(old) && isJsonObject(value) ? { ...old, ...value } : value
}

function removed(old: Json, value: Json | undefined): Json {
  if (value === undefined || value === null) return null
  if (Array.isArray(old)) return old.filter((held) => !isSame(held, value))
  return isSame(old, value) ? null : old
}

function givenValue({ field, value }: PatchOperation): Json {
  if (value === undefined) throw badRequest(`The operation on ${field} has no value`)
  return value
}

/** Order of keys counts: values come back as they were stored. */
function isSame(left: Json, right: Json): boolean {
  return JSON.stringify(left) === JSON.stringify(right)
}
