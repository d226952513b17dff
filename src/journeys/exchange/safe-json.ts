import { badRequest } from '../../base/errors.ts'
import type { Json } from '../../base/json.ts'
import { jsonProblem } from './json-problem.ts'

/** Maximum size of a file, in bytes. */
export const maxFileBytes = 20 * 1_048_576

/** Why a file without content can't be read. */
export const emptyFile = 'This is empty'

/** Deeper than any export, and shallow enough for recursive code. */
const maxDepth = 64

/**
 * Parses the text of an export.
 * @throws RequestError 400 that describes the text without quoting it, because exports can contain secrets. Its detail has the
 * line of a syntax error.
 */
export function parseExport(text: string): Json {
  if (text.startsWith('PK')) throw badRequest('This is a zip archive, not JSON: unpack it first')
  const value = parse(withoutMark(text))
  checkMembers(value, 0)
  return value
}

/** Removes the byte order mark that some editors write. */
export function withoutMark(text: string): string {
  return text.charCodeAt(0) === 0xfe_ff ? text.slice(1) : text
}

function parse(text: string): Json {
  if (text.trim() === '') throw badRequest(emptyFile)
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof Error && endsEarly(text, error.message)) {
      throw badRequest('This JSON ends in the middle: the file is cut off', { line: lastLine(text) })
    }
    const found = jsonProblem(text)
    if (found === undefined) throw badRequest('This is not JSON')
    throw badRequest(`This is not JSON: ${found.problem} in line ${found.line}`, { line: found.line })
  }
}

/** Uses only the position from the parser's message, which quotes the text. */
function endsEarly(text: string, message: string): boolean {
  const at = /position (\d+)/.exec(message)?.[1]
  const isAtEnd = at !== undefined && Number(at) >= text.trimEnd().length
  return isAtEnd || /^Unterminated|end of JSON/.test(message)
}

function lastLine(text: string): number {
  return text.trimEnd().split('\n').length
}

function checkMembers(value: Json, depth: number): void {
  if (typeof value !== 'object' || value === null) return
  if (depth >= maxDepth) throw badRequest(`This JSON is nested deeper than ${maxDepth} levels`)
  if (Object.hasOwn(value, '__proto__')) throw badRequest('This JSON has a member named __proto__')
  for (const member of Object.values(value)) checkMembers(member, depth + 1)
}
