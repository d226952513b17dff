import { z } from 'zod'
import { defined } from '../../base/defined.ts'
import type { Json, JsonObject } from '../../base/json.ts'
import { type Callback, callback, textOutput } from '../../engine/callbacks.ts'
import type { RequestView } from '../../engine/node-type.ts'
import { flagSetting, setting } from '../define-node.ts'
import type { AuthenticatorFlags } from '../ports/device-ports.ts'
import { webauthnScript } from './webauthn-script.ts'

/** Settings shared by the registration of passkeys and authentication with them. */
export const webauthnSettings = {
  relyingPartyDomain: setting(
    'Relying party identifier',
    'Domain of the passkeys. Unset: the domain of the page.',
    z.string().nullish(),
  ),
  origins: setting(
    'Origin domains',
    'Allowed origins of the page, such as `https://login.example.com`. Empty: that of the page, if it is the server’s own or the realm lists it.',
    z.array(z.string()).default([]),
  ),
  userVerificationRequirement: setting(
    'User verification requirement',
    'Whether the device verifies the person, for example by fingerprint or PIN.',
    z.enum(['REQUIRED', 'PREFERRED', 'DISCOURAGED']).default('PREFERRED'),
  ),
  timeout: setting('Timeout', 'Seconds that the browser waits for the device.', z.int().min(0).default(60)),
  asScript: flagSetting(
    'Return challenge as JavaScript',
    'Sends a script that calls the browser. Otherwise only the data is sent, for clients that call it themselves.',
    true,
  ),
} as const

/** Shared state key of the challenge, in base64. */
export const challengeKey = 'web-authn-challenge'

/** Shared state key of the browser's error. */
export const browserErrorKey = 'WebAuthenticationDOMException'

/** The kind that these nodes add to `NodeType`. */
export const webauthnKind = 'WebAuthnAuthentication'

/** State key of extensions to request from the device, by name. Source: "Web Authentication", section 9. */
export const extensionsKey = 'webAuthnExtensions'

/** Details of an assertion or attestation for later nodes. */
export function attestationInfo(
  flags: AuthenticatorFlags,
  authenticatorAttachment: string | undefined,
): JsonObject {
  return {
    flags: { ...flags },
    ...defined({ authenticatorAttachment }),
  }
}

/** The callbacks of a passkey request. */
export const webauthnCallbackKinds = {
  TextOutputCallback: 'With **Return challenge as JavaScript**, a script that calls the browser.',
  MetadataCallback: 'Without it, the data for the call.',
  HiddenValueCallback: 'The browser’s response, as `webAuthnOutcome`.',
} as const

type Place = { relyingPartyDomain?: string | null | undefined; origins: readonly string[] }

/**
 * Relying party and origins to require: from the settings, else from the request's page, else this server's. Any site can send a
 * header, so a page counts only if it may use the server: a site below the relying party's domain could relay a sign-in.
 */
export function relyingParty(
  { relyingPartyDomain, origins }: Place,
  { headers, baseUrl, pageOrigins }: Pick<RequestView, 'headers' | 'baseUrl' | 'pageOrigins'>,
) {
  const [sent = ''] = headers.origin ?? []
  const origin = pageOrigins.includes(sent) ? sent : new URL(baseUrl).origin
  return {
    relyingPartyId: relyingPartyDomain || new URL(origin).hostname,
    origins: origins.length > 0 ? origins : [origin],
  }
}

/**
 * The passkey request in AM's form, which the vendor's clients parse.
 * @param data the request, with its challenge in base64
 */
export function webauthnCallbacks(
  ceremony: 'register' | 'signIn',
  data: JsonObject,
  { asScript, others = [] }: { asScript: boolean; others?: readonly Callback[] },
): readonly [Callback, ...Callback[]] {
  const question = asScript
    ? textOutput(webauthnScript(ceremony, data), '4')
    : callback('MetadataCallback', { data: { ...data, supportsJsonResponse: true } })
  return [question, callback('HiddenValueCallback', { value: 'false', id: 'webAuthnOutcome' }), ...others]
}

/**
 * Members that name the relying party: as JavaScript for old clients, and as data. Without one, the browser uses the
 * page's domain.
 */
export function relyingPartyData(
  member: 'id' | 'rpId',
  relyingPartyId: string | null | undefined,
): JsonObject {
  return {
    relyingPartyId: relyingPartyId ? `${member}: "${relyingPartyId}",` : '',
    _relyingPartyId: relyingPartyId ?? '',
  }
}

/** Credentials as data, with ids as signed bytes. */
export function credentialList(ids: readonly string[]): Json[] {
  return ids.map((id) => ({ type: 'public-key', id: [...signedBytes(id)] }))
}

/** Credentials as the JavaScript that old clients parse. */
export function credentialScript(ids: readonly string[]): string {
  const items = ids.map((id) => `{"type":"public-key","id":new Int8Array([${signedBytes(id)}]).buffer}`)
  return items.join(',')
}

/** @param text base64url. */
function signedBytes(text: string): Int8Array {
  return Int8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0))
}

/** Encodes ASCII text in base64url. */
export function toBase64url(text: string): string {
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** undefined for invalid base64url. */
export function fromBase64url(text: string): string | undefined {
  try {
    return atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  } catch {
    return undefined
  }
}
