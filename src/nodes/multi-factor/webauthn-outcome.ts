import { z } from 'zod'

/** What a browser made of a request for a passkey. */
export type WebauthnOutcome =
  | { kind: 'unsupported' }
  /** Name and text of the browser's exception. */
  | { kind: 'error'; error: string }
  | { kind: 'credential'; parts: readonly string[]; authenticatorAttachment: string | undefined }

const separator = '::'
const errorPrefix = `ERROR${separator}`

/** Newer clients say more than the text they used to send; it is a member of it now. */
const wrappedSchema = z.object({
  legacyData: z.string(),
  authenticatorAttachment: z.string().nullish(),
})

/**
 * Reads the hidden value `webAuthnOutcome`: parts with two colons between. For a new passkey they are client data,
 * attestation, credential id and perhaps a name for the device; to sign in, client data, authenticator data,
 * signature, credential id and perhaps the user handle.
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
