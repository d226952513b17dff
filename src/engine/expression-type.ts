import { z } from 'zod'
import { isJsonObject, type Json, type JsonObject, parsedJson } from '../base/json.ts'

/**
 * What the text of a variable must be to become a value of each type, as the end of a sentence. Source: "Variable expression types" of
 * the vendor's documentation.
 */
export const expectedOf = {
  string: 'a text',
  int: 'a whole number',
  number: 'a number',
  bool: 'true or false',
  list: 'a list of texts with commas between them',
  array: 'a JSON array',
  object: 'a JSON object',
  keyvaluelist: 'a JSON object with texts, or a list such as name=value,other=value',
  base64encodedinlined: 'a text in base64',
} as const

export type ExpressionType = keyof typeof expectedOf
export const expressionTypes = Object.keys(expectedOf) as ExpressionType[]

/** The value of a text. @returns undefined for a text of another form. */
export function typedValue(text: string, type: ExpressionType): Json | undefined {
  return readers[type](text)
}

const readers: Readonly<Record<ExpressionType, (text: string) => Json | undefined>> = {
  string: (text) => text,
  int(text) {
    const number = numberIn(text)
    return Number.isSafeInteger(number) ? number : undefined
  },
  number: numberIn,
  bool(text) {
    const word = text.trim().toLowerCase()
    return word === 'true' || word === 'false' ? word === 'true' : undefined
  },
  list: (text) => (text.trim() === '' ? [] : text.split(',').map((each) => each.trim())),
  array(text) {
    const value = parsed(text)
    return Array.isArray(value) ? value : undefined
  },
  object: objectIn,
  keyvaluelist: (text) => objectIn(text) ?? pairsIn(text),
  base64encodedinlined: decodedBase64,
}

function numberIn(text: string): number | undefined {
  const trimmed = text.trim()
  return /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(trimmed) ? Number(trimmed) : undefined
}

function objectIn(text: string): JsonObject | undefined {
  const value = parsed(text)
  return isJsonObject(value) ? value : undefined
}

function pairsIn(text: string): JsonObject | undefined {
  const pairs = text.trim() === '' ? [] : text.split(',').map((pair) => /^\s*([^=]+?)\s*=(.*)$/.exec(pair))
  if (pairs.includes(null)) return undefined
  return Object.fromEntries(pairs.map((pair) => [pair?.[1] ?? '', pair?.[2]?.trim() ?? '']))
}

function parsed(text: string): Json | undefined {
  const value = parsedJson(text)
  return value !== undefined && isShallow(value, maxDepth) ? value : undefined
}

/** Maximum depth of lists and objects, which recursive code reads. */
const maxDepth = 100

function isShallow(value: Json, depth: number): boolean {
  if (!Array.isArray(value) && !isJsonObject(value)) return true
  return depth > 0 && Object.values(value).every((each) => isShallow(each, depth - 1))
}

/** The text in base64. @returns undefined for any other text, or bytes that are no UTF-8. */
export function decodedBase64(text: string): string | undefined {
  const compact = text
    .replaceAll(/\s/g, '')
    .replace(/(?<!=)=+$/, '')
    .replaceAll('-', '+')
    .replaceAll('_', '/')
  if (!/^[A-Za-z0-9+/]*$/.test(compact) || compact.length % 4 === 1) return undefined
  const padded = compact.padEnd(Math.ceil(compact.length / 4) * 4, '=')
  const bytes = [...z.core.util.base64ToUint8Array(padded)]
  try {
    // Decodes UTF-8 without anything of Node's.
    return decodeURIComponent(bytes.map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''))
  } catch {
    return undefined
  }
}

export function encodedBase64(text: string): string {
  const binary = encodeURIComponent(text.toWellFormed()).replaceAll(/%(..)/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )
  return z.core.util.uint8ArrayToBase64(Uint8Array.from(binary, (byte) => byte.charCodeAt(0)))
}
