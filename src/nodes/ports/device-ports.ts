import type { JsonObject } from '../../base/json.ts'

/** The reason why data from a device is rejected, for the log. Doesn't contain the data. */
export type Refused = { problem: string }

/** The expected values of a WebAuthn ceremony. Source: "Web Authentication", section 7. */
type Ceremony = {
  /** Base64. */
  challenge: string
  relyingPartyId: string
  origins: readonly string[]
  isUserVerificationRequired: boolean
}

/** Authenticator flags as in "Web Authentication", section 6.1. */
export type AuthenticatorFlags = Readonly<Record<'UP' | 'UV' | 'AT' | 'ED' | 'BE' | 'BS', boolean>>

export type NewPasskey = {
  /** A COSE key in base64url. */
  publicKey: string
  algorithm: number
  signCount: number
  aaguid: string
  /** Type of the attestation. Its signature was verified, but not the issuer of its certificate. */
  attestationType: 'NONE' | 'SELF' | 'BASIC'
  flags: AuthenticatorFlags
}

/** Passkeys. Clients write bytes as signed numbers separated by commas. */
export type PasskeyPort = {
  /** Base64. */
  newChallenge(): string
  register(
    answer: Ceremony & {
      clientData: string
      attestation: string
      credentialId: string
      algorithms: readonly number[]
    },
  ): Promise<NewPasskey | Refused>
  /** Verifies an assertion except for the sign count, which the node compares. */
  verify(
    answer: Ceremony & {
      clientData: string
      authenticatorData: string
      signature: string
      credentialId: string
      publicKey: string
    },
  ): Promise<{ signCount: number; flags: AuthenticatorFlags } | Refused>
}

/** Unverified claims of a signed text. */
export type Unproven = {
  keyId: string | undefined
  subject: string | undefined
  /** The public key in the text's header. */
  key: JsonObject | undefined
}

/** Texts that devices sign with their own keys. Source: RFC 7515. */
export type DeviceKeyPort = {
  /** Base64. */
  newChallenge(): string
  /** undefined if it is not a signed text. */
  peek(jws: string): Unproven | undefined
  /** @returns the signed claims, if the text is valid now */
  verify(
    jws: string,
    key: JsonObject,
    expected: { subject: string; issuers: readonly string[]; skewSeconds: number; now: number },
  ): Promise<{ claims: JsonObject } | (Refused & { isSignature: boolean })>
}

/** Tokens by which things, such as devices and services, authenticate. Source: RFC 7800. */
export type ThingTokenPort = {
  newChallenge(): string
  /** The unverified content of a token; undefined if it is not a token. */
  read(token: string): Promise<{ keyId: string | undefined; claims: JsonObject } | undefined>
  /** Verifies signature, time and audience. @param now epoch milliseconds */
  verify(
    token: string,
    key: JsonObject,
    expected: { audiences: readonly string[]; now: number },
  ): Promise<{ claims: JsonObject } | Refused>
  /**
   * Whether the certificates in a key are for that key and come from a trusted issuer.
   * @param anchors PEM of the trusted issuers
   * @returns the names in the certificate
   */
  certified(key: JsonObject, anchors: string, now: number): Promise<{ names: readonly string[] } | Refused>
  /** The public members of a key; undefined for a symmetric key. */
  publicPart(key: JsonObject): JsonObject | undefined
}

/** Tokens that tools sign with keys in a file on the server. */
export type AuthorizedKeyPort = {
  /**
   * Verifies signature and time.
   * @param given `file` with the keys, in the data folder; `now` in epoch milliseconds
   */
  verify(
    token: string,
    given: { file: string; clientIp: string; now: number },
  ): Promise<{ claims: JsonObject } | Refused>
}

/** Persistent cookies of the journey's realm. They are set with the action member `persistentCookie`. */
export type PersistentCookiePort = {
  /** @returns undefined if the cookie is altered, expired, of another realm or made with another signing key */
  read(
    token: string,
    signingKey: string,
  ): Promise<{ personId: string; clientIp: string; expiresAt: number } | undefined>
}
