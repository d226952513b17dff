import { readFileSync } from 'node:fs'

/** The colours, type and sizes of the console, as CSS for pages of reports. */
export function designTokens(): string {
  // From here and from the bundle, the project is at the same distance.
  return readFileSync(new URL('../../web/design/tokens.css', import.meta.url), 'utf8')
}
