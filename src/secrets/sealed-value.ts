import { isJsonObject, type Json, type JsonObject, jsonSchema } from '../base/json.ts'
import type { RingSealer } from './key-ring.ts'
import { SealError, type Sealer } from './seal.ts'

/** Replaces secrets in responses that cannot omit them. A client that sends it back keeps the stored secret. */
export const secretMask = '********'

/** Marks sealed values, which are strings that replace plain values in settings. */
const prefix = 'sealed:'

const form = /^sealed:v\d+\.[\w.-]{36,}$/

/** Whether a value looks sealed. Only opening it proves that it is. */
export function isSealed(value: Json | undefined): value is string {
  return typeof value === 'string' && form.test(value)
}

/** Whether a client sent no new secret, so that the stored one stays. */
export function isOmitted(value: Json | undefined): boolean {
  return value === undefined || value === null || value === secretMask
}

/** Seals a value unless it is already sealed. Empty values and references to variables are not secret and stay plain. */
export function sealValue(sealer: Sealer, value: Json): Json {
  if (isOmitted(value)) return null
  if (value === '' || labelIn(value) !== undefined || isOurs(sealer, value)) return value
  return prefix + sealer.seal(JSON.stringify(value))
}

/**
 * Opens all sealed values, at any depth.
 * @throws SealError if a value was altered or another installation sealed it.
 */
export function openValues(sealer: Pick<Sealer, 'open'>, json: JsonObject): JsonObject {
  return mapObject(json, (text) => (isSealed(text) ? openValue(sealer, text) : text))
}

/** Seals values of older keys again with the current key. @returns the same object if nothing changed. */
export function resealedValues(sealer: RingSealer, json: JsonObject): JsonObject {
  let isChanged = false
  const resealed = mapObject(json, (text) => {
    const sealed = text.slice(prefix.length)
    if (!isOurs(sealer, text) || sealer.isCurrent(sealed)) return text
    isChanged = true
    return prefix + sealer.seal(sealer.open(sealed))
  })
  return isChanged ? resealed : json
}

/** Replaces all sealed values, at any depth. */
export function withoutSealed(json: JsonObject, shown: Json = null): JsonObject {
  return mapObject(json, (text) => (isSealed(text) ? shown : text))
}

function openValue(sealer: Pick<Sealer, 'open'>, sealed: string): Json {
  return jsonSchema.parse(JSON.parse(sealer.open(sealed.slice(prefix.length))))
}

/** The label of the variable a value refers to: `&{esv.my.key}`, or `$string` in an object, as in newer exports. */
export function labelIn(value: Json | undefined): string | undefined {
  const text = isJsonObject(value) ? value.$string : value
  return typeof text === 'string' ? /^&\{(?:esv\.)?([\w.-]+)\}$/.exec(text)?.[1] : undefined
}

function isOurs(sealer: Sealer, value: Json): boolean {
  if (!isSealed(value)) return false
  try {
    openValue(sealer, value)
    return true
  } catch (error) {
    if (error instanceof SealError) return false
    throw error
  }
}

function mapObject(json: JsonObject, change: (text: string) => Json): JsonObject {
  return Object.fromEntries(Object.entries(json).map(([name, value]) => [name, mapValue(value, change)]))
}

function mapValue(value: Json, change: (text: string) => Json): Json {
  if (typeof value === 'string') return change(value)
  if (Array.isArray(value)) return value.map((item) => mapValue(item, change))
  return isJsonObject(value) ? mapObject(value, change) : value
}
