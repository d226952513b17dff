import { z } from 'zod'

/** Any JSON value: what node state, callbacks and scripts may hold. */
export type Json = string | number | boolean | null | Json[] | JsonObject

export type JsonObject = { [key: string]: Json }

/** Accepts any JSON value without walking it: what comes from `JSON.parse` already is one. */
export const jsonSchema: z.ZodType<Json> = z.custom<Json>(
  (value) => value !== undefined,
  'expected a JSON value',
)

export const jsonObjectSchema: z.ZodType<JsonObject> = z.custom<JsonObject>(
  isJsonObject,
  'expected a JSON object',
)

/** True for `{…}`; false for null, lists and scalars. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Texts by name. Exports of the vendor's console write an empty map as `[]`. */
export const stringMapSchema = z.preprocess(
  (value) => (Array.isArray(value) && value.length === 0 ? {} : value),
  z.record(z.string(), z.string()),
)
