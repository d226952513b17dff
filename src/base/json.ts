import { z } from 'zod'

export type Json = string | number | boolean | null | Json[] | JsonObject

export type JsonObject = { [key: string]: Json }

/** Accepts any JSON value without walking it: values from `JSON.parse` are valid. */
export const jsonSchema: z.ZodType<Json> = z.custom<Json>(
  (value) => value !== undefined,
  'expected a JSON value',
)

export const jsonObjectSchema: z.ZodType<JsonObject> = z.custom<JsonObject>(
  isJsonObject,
  'expected a JSON object',
)

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The value of a text in JSON; undefined for other texts. */
export function parsedJson(text: string): Json | undefined {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The value of a text in JSON; the text itself for other texts. */
export function jsonOrText(text: string): Json {
  const value = parsedJson(text)
  return value === undefined ? text : value
}

/** A map of texts. The vendor's console exports an empty map as `[]`. */
export const stringMapSchema = z.preprocess(
  (value) => (Array.isArray(value) && value.length === 0 ? {} : value),
  z.record(z.string(), z.string()),
)
