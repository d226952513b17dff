import { isJsonObject, type Json, type JsonObject, jsonSchema } from '../engine/json.ts'
import type { RingSealer } from './key-ring.ts'
import { SealError, type Sealer } from './seal.ts'

/** What answers show in the place of a secret that cannot be left out. Sent back, it means: as it is. */
export const secretMask = '********'

/** Written in front of sealed values, which stand where plain ones would: in settings, as texts. */
const prefix = 'sealed:'

const form = /^sealed:v\d+\.[\w.-]{36,}$/

/** Whether a value looks sealed. Only opening it tells whether it is. */
export function isSealed(value: Json | undefined): value is string {
  return typeof value === 'string' && form.test(value)
}

/** Whether there is nothing in a secret's place but what answers show there: then the stored one is meant. */
export function isUntold(value: Json | undefined): boolean {
  return value === undefined || value === null || value === secretMask
}

/** Seals a value, once. What says nothing, and what names a variable of the environment, is no secret and stays. */
export function sealValue(sealer: Sealer, value: Json): Json {
  if (isUntold(value)) return null
  if (value === '' || labelIn(value) !== undefined || isOurs(sealer, value)) return value
  return prefix + sealer.seal(JSON.stringify(value))
}

/**
 * Opens every sealed value, however deep.
 * @throws SealError for one of another installation, or altered.
 */
export function openValues(sealer: Pick<Sealer, 'open'>, json: JsonObject): JsonObject {
  return mapObject(json, (text) => (isSealed(text) ? openValue(sealer, text) : text))
}

/** Seals anew what older keys sealed. @returns the same object where nothing was. */
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

/** Puts null, or something else, where a sealed value stands. */
export function withoutSealed(json: JsonObject, shown: Json = null): JsonObject {
  return mapObject(json, (text) => (isSealed(text) ? shown : text))
}

function openValue(sealer: Pick<Sealer, 'open'>, sealed: string): Json {
  return jsonSchema.parse(JSON.parse(sealer.open(sealed.slice(prefix.length))))
}

/** The label of the variable that a value stands for: `&{esv.my.key}`, or the same in an object, as newer exports have it. */
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
