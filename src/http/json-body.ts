import { badRequest } from '../base/errors.ts'
import type { Json } from '../base/json.ts'

/** Deeper than any journey or managed object, but shallow enough for recursive code. */
const maxDepth = 64

/**
 * Parses a request body. Undefined for an empty one, because some clients start a journey with a content type but no body.
 * @throws RequestError 400 for invalid JSON, for JSON nested too deep, and for a member named `__proto__`.
 */
export function parseJsonBody(text: string): Json | undefined {
  if (text.trim() === '') return undefined
  const value = parse(text)
  checkMembers(value, 0)
  return value
}

function parse(text: string): Json {
  try {
    return JSON.parse(text)
  } catch {
    // The parser's own message quotes the body, which may hold a password.
    throw badRequest('The request could not be processed because the provided content is not valid JSON')
  }
}

function checkMembers(value: Json, depth: number): void {
  if (typeof value !== 'object' || value === null) return
  if (depth >= maxDepth) throw badRequest(`The request body is nested deeper than ${maxDepth} levels`)
  if (Object.hasOwn(value, '__proto__')) {
    throw badRequest('The request body must not have a member named __proto__')
  }
  if (Array.isArray(value)) for (const member of value) checkMembers(member, depth + 1)
  else for (const name of Object.keys(value)) checkMembers(value[name] ?? null, depth + 1)
}
