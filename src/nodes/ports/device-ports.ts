import type { JsonObject } from '../../engine/json.ts'

/** Why something that came from a device does not count: for the log, without what it carried. */
export type Refused = { problem: string }

/** What a ceremony was begun with. Source: "Web Authentication", section 7. */
type Ceremony = {
  /** Base64. */
  challenge: string
  relyingPartyId: string
  origins: readonly string[]
  isUserVerificationRequired: boolean
}

/** The flags of an authenticator, by their names in "Web Authentication", section 6.1. */
export type AuthenticatorFlags = Readonly<Record<'UP' | 'UV' | 'AT' | 'ED' | 'BE' | 'BS', boolean>>

export type NewPasskey = {
  /** A COSE key in base64url. */
  publicKey: string
  algorithm: number
  signCount: number
  aaguid: string
  /** Of the statement about the authenticator. Its signature was checked, not who issued its certificate. */
  attestationType: 'NONE' | 'SELF' | 'BASIC'
  flags: AuthenticatorFlags
}

/** Passkeys. Bytes come as clients write them: as signed numbers with commas between. */
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
  /** Whatever the sign count: the node compares it. */
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

/** What a signed text says about itself: nothing of it is proven. */
export type Unproven = {
  keyId: string | undefined
  subject: string | undefined
  /** The public key that came along. */
  key: JsonObject | undefined
}

/** Texts that devices sign with keys of their own. Source: RFC 7515. */
export type DeviceKeyPort = {
  /** Base64. */
  newChallenge(): string
  /** undefined when it is none. */
  peek(jws: string): Unproven | undefined
  /** @returns what was signed, in its time. */
  verify(
    jws: string,
    key: JsonObject,
    expected: { subject: string; issuers: readonly string[]; skewSeconds: number; now: number },
  ): Promise<{ claims: JsonObject } | (Refused & { isSignature: boolean })>
}

/** Tokens by which things, such as devices and services, prove who they are. Source: RFC 7800. */
export type ThingTokenPort = {
  newChallenge(): string
  /** What a token says of itself: nothing of it is proven. undefined when it is none. */
  read(token: string): Promise<{ keyId: string | undefined; claims: JsonObject } | undefined>
  /** Signature, time and audience. @param now epoch milliseconds */
  verify(
    token: string,
    key: JsonObject,
    expected: { audiences: readonly string[]; now: number },
  ): Promise<{ claims: JsonObject } | Refused>
  /**
   * Whether the certificates in a key are for that very key, and come from somebody trusted.
   * @param anchors PEM of those who are
   * @returns the names that they are for.
   */
  certified(key: JsonObject, anchors: string, now: number): Promise<{ names: readonly string[] } | Refused>
  /** What everybody may know of a key; undefined for one that everybody must not know. */
  publicPart(key: JsonObject): JsonObject | undefined
}

/** Tokens that tools sign with keys that the server has on file. */
export type AuthorizedKeyPort = {
  /**
   * Signature and time.
   * @param given `file` of the keys, in the data folder; `now` in epoch milliseconds.
   */
  verify(
    token: string,
    given: { file: string; clientIp: string; now: number },
  ): Promise<{ claims: JsonObject } | Refused>
}

/** Cookies of the journey's realm that sign somebody in again. Setting one is a wish: see `persistentCookie` of actions. */
export type PersistentCookiePort = {
  /** @returns undefined for what is altered, over, of another realm, or made with another signing key. */
  read(
    token: string,
    signingKey: string,
  ): Promise<{ personId: string; clientIp: string; expiresAt: number } | undefined>
}
