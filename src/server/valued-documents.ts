import type { Logger } from 'pino'
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
