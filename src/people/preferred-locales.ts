import type { Identity } from './identity.ts'

/** A person's languages, best first. `preferredLanguage` has the form of an `Accept-Language` header. */
export function preferredLocales({
  attributes: { preferredLanguage },
}: Pick<Identity, 'attributes'>): string[] {
  if (typeof preferredLanguage !== 'string') return []
  return preferredLanguage.split(',').map((tag) => (tag.split(';')[0] ?? '').trim())
}
