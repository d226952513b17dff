import { z } from 'zod'

/** The browser's response to a passkey request. */
export type WebauthnOutcome =
  | { kind: 'unsupported' }
  /** Name and message of the browser's exception. */
  | { kind: 'error'; error: string }
  | { kind: 'credential'; parts: readonly string[]; authenticatorAttachment: string | undefined }

const separator = '::'
const errorPrefix = `ERROR${separator}`

/** Newer clients wrap the text in an object with further members. */
const wrappedSchema = z.object({
  legacyData: z.string(),
  authenticatorAttachment: z.string().nullish(),
})

/**
 * Parses the hidden value `webAuthnOutcome`: parts separated by `::`. For registration they are client data,
 * attestation, credential id and an optional device name; for authentication client data, authenticator data,
 * signature, credential id and an optional user handle.
 */
export function readOutcome(text: string): WebauthnOutcome {
  const { legacyData, authenticatorAttachment } = unwrapped(text)
  if (legacyData === 'unsupported') return { kind: 'unsupported' }
  if (legacyData.startsWith(errorPrefix)) {
    return { kind: 'error', error: legacyData.slice(errorPrefix.length) }
  }
  const attachment = authenticatorAttachment ?? undefined
  return { kind: 'credential', parts: legacyData.split(separator), authenticatorAttachment: attachment }
}

function unwrapped(text: string): z.infer<typeof wrappedSchema> {
  try {
    return wrappedSchema.parse(JSON.parse(text))
  } catch {
    return { legacyData: text }
  }
}
