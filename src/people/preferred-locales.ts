import type { Identity } from './identity.ts'

/** The languages that somebody reads, best first. `preferredLanguage` is written as a browser writes its own. */
export function preferredLocales({
  attributes: { preferredLanguage },
}: Pick<Identity, 'attributes'>): string[] {
  if (typeof preferredLanguage !== 'string') return []
  return preferredLanguage.split(',').map((tag) => (tag.split(';')[0] ?? '').trim())
}
