import type { Json } from './json.ts'

/**
 * What raw JSON says in a place where text is due: some tools write numbers there. An object is none: it may bring a
 * `toString` along that is no function, and whoever asks it for text fails.
 */
export function asText(json: Json | undefined, otherwise = ''): string {
  return json === null || json === undefined || typeof json === 'object' ? otherwise : String(json)
}
