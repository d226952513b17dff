import type { Logger } from 'pino'
import { storedVariables } from '../engine/placeholders.ts'
import type { Esvs } from '../esvs/esvs.ts'
import { resolvedDocuments } from '../realms/resolved-documents.ts'

/** Documents with the values of their placeholders. One without a value counts as missing, and the log names it. */
export function valuedDocuments(
  { esvs, log }: { esvs: Esvs; log: Logger },
  store: Parameters<typeof resolvedDocuments>[0],
): ReturnType<typeof resolvedDocuments> {
  return resolvedDocuments(store, esvs, (realm, { kind, id }, { message }) =>
    log.error({ realm, kind, id }, `a document has a placeholder without a value: ${message}`),
  )
}

/** The same for documents that callers see, such as themes: only stored variables count, never secrets. */
export function publicDocuments(
  { esvs, log }: { esvs: Esvs; log: Logger },
  store: Parameters<typeof resolvedDocuments>[0],
): ReturnType<typeof resolvedDocuments> {
  const variables = {
    // rule S55: otherwise pages show a secret
    inRealm: (realm: string) => storedVariables(esvs.inRealm(realm)),
  }
  return resolvedDocuments(store, variables, (realm, { kind, id }, { message }) =>
    log.error({ realm, kind, id }, `a document has a placeholder that cannot be used: ${message}`),
  )
}
