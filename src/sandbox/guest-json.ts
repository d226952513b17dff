import { ScriptError } from './script-engine.ts'

/** Deeper than any real state, and shallow enough for recursive code such as `JSON.stringify`. */
const maxDepth = 100

/**
 * Parses JSON text from the sandbox.
 * @param what names the value in the error.
 * @throws ScriptError `limit` for a value that is nested too deeply to be serialized again.
 */
export function parseGuestJson(text: string, what: string): unknown {
  const value: unknown = JSON.parse(text)
  if (isDeeper(value, maxDepth)) {
    throw new ScriptError('limit', `${what} is nested deeper than ${maxDepth} levels`)
  }
  return value
}

function isDeeper(value: unknown, than: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return than === 0 || Object.values(value).some((member) => isDeeper(member, than - 1))
}
