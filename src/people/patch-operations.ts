import { z } from 'zod'
import { badRequest } from '../base/errors.ts'
import { isJsonObject, type Json, type JsonObject, jsonSchema } from '../base/json.ts'

export const operationSchema = z.object({
  operation: z.enum(['add', 'remove', 'replace', 'increment']),
  field: z.string().regex(/^\/?[^/]+(\/[^/]+)*$/, 'must be a path such as /mail'),
  value: jsonSchema.optional(),
})

/** One change of a managed object. Source: "Patch" in the vendor's Common REST guide. */
export type PatchOperation = z.infer<typeof operationSchema>

export const patchSchema = z.array(operationSchema).max(200)

/** @throws RequestError 400 naming the operation. */
export function parsePatch(body: unknown): PatchOperation[] {
  const parsed = patchSchema.safeParse(body)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw badRequest(`The patch is not valid at ${issue?.path.join('/') || 'its start'}: ${issue?.message}`)
}

/** Applies the operations in order. @throws RequestError 400 naming the field. */
export function applyPatch(object: JsonObject, operations: readonly PatchOperation[]): JsonObject {
  return operations.reduce((current, operation) => {
    const path = pathOf(operation.field)
    return changed(current, path, operation)
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

function changed(object: JsonObject, path: readonly string[], operation: PatchOperation): JsonObject {
  const [key = '', ...rest] = path
  if (key === '__proto__') throw badRequest(`${operation.field} cannot be changed`)
  const old = Object.hasOwn(object, key) ? (object[key] ?? null) : null
  const value = rest.length === 0 ? newValue(old, operation) : inside(old, rest, operation)
  if (value !== null) return { ...object, [key]: value }
  const { [key]: _removed, ...others } = object
  return others
}

function inside(old: Json, path: readonly string[], operation: PatchOperation): Json {
  const [key = ''] = path
  const isPlace = path.length === 1 && /^(-|\d{1,6})$/.test(key)
  if (Array.isArray(old) && path.length > 1 && /^\d{1,6}$/.test(key)) {
    const item = old[Number(key)]
    if (!isJsonObject(item))
      throw badRequest(`${operation.field} does not exist: the list has no such object`)
    return old.with(Number(key), changed(item, path.slice(1), operation))
  }
  if (Array.isArray(old) || (old === null && key === '-')) {
    if (!isPlace) throw badRequest(`${operation.field} is a list: add an index, or - for its end`)
    return inList(Array.isArray(old) ? old : [], key, operation)
  }
  if (old !== null && !isJsonObject(old))
    throw badRequest(`${operation.field} does not exist: its parent is not an object`)
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

/** @returns null if the value is removed. */
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
        throw badRequest(`${field} is not a number`)
      return Number(old ?? 0) + value
    }
  }
}

/** Adds new items to a list, merges objects, and replaces other values. */
function added(old: Json, value: Json): Json {
  if (Array.isArray(old)) {
    const news = Array.isArray(value) ? value : [value]
    return [...old, ...news.filter((each) => !old.some((item) => isSame(item, each)))]
  }
  return isJsonObject(old) && isJsonObject(value) ? { ...old, ...value } : value
}

function removed(old: Json, value: Json | undefined): Json {
  if (value === undefined || value === null) return null
  if (Array.isArray(old)) return old.filter((item) => !isSame(item, value))
  return isSame(old, value) ? null : old
}

function givenValue({ field, value }: PatchOperation): Json {
  if (value === undefined) throw badRequest(`The operation on ${field} needs a value`)
  return value
}

/** Key order is significant: clients send values back as they read them. */
function isSame(left: Json, right: Json): boolean {
  return JSON.stringify(left) === JSON.stringify(right)
}
