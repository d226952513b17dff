import type { Json } from './json.ts'

/**
 * Reads JSON as text where some tools write numbers. Objects and arrays give `otherwise`: their `toString` may have
 * been replaced.
 */
export function asText(json: Json | undefined, otherwise = ''): string {
  return json === null || json === undefined || typeof json === 'object' ? otherwise : String(json)
}
