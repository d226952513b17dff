import { z } from 'zod'
import { type Callback, callback, textOutput } from '../../engine/callbacks.ts'
import { defined } from '../../engine/defined.ts'
import type { Json, JsonObject } from '../../engine/json.ts'
import type { RequestView } from '../../engine/node-type.ts'
import { setting } from '../define-node.ts'
import type { AuthenticatorFlags } from '../ports/device-ports.ts'
import { webauthnScript } from './webauthn-script.ts'

/** The settings that registering a passkey and signing in with one share. */
export const webauthnSettings = {
  relyingPartyDomain: setting(
    'Relying party identifier',
    'Domain that passkeys belong to. Unset means that of the page.',
    z.string().nullish(),
  ),
  origins: setting(
    'Origin domains',
    'Origins of the pages that may ask, such as `https://login.example.com`. None means the one that asks.',
    z.array(z.string()).default([]),
  ),
  userVerificationRequirement: setting(
    'User verification requirement',
    'Whether the device checks who holds it, by fingerprint or PIN.',
    z.enum(['REQUIRED', 'PREFERRED', 'DISCOURAGED']).default('PREFERRED'),
  ),
  timeout: setting('Timeout', 'Seconds that the browser waits for the device.', z.int().min(0).default(60)),
  asScript: setting(
    'Return challenge as JavaScript',
    'Sends a script that asks the browser; off, the data alone, for clients that ask it themselves.',
    z.boolean().default(true),
  ),
} as const

/** Shared state: the challenge that the browser has to sign, in base64. */
export const challengeKey = 'web-authn-challenge'

/** Shared state: what the browser said when it failed. */
export const browserErrorKey = 'WebAuthenticationDOMException'

/** The kind that these nodes add to `NodeType`. */
export const webauthnKind = 'WebAuthnAuthentication'

/** State: extensions to ask the device for, by their names. Source: "Web Authentication", section 9. */
export const extensionsKey = 'webAuthnExtensions'

/** What nodes after may read of how the device answered. */
export function attestationInfo(
  flags: AuthenticatorFlags,
  authenticatorAttachment: string | undefined,
): JsonObject {
  return {
    flags: { ...flags },
    ...defined({ authenticatorAttachment }),
  }
}

/** What nodes send that ask a browser for a passkey. */
export const webauthnCallbackKinds = {
  TextOutputCallback: 'With **Return challenge as JavaScript**: a script that asks the browser.',
  MetadataCallback: 'Without: the data to ask the browser with.',
  HiddenValueCallback: 'What the browser answered, as `webAuthnOutcome`.',
} as const

type Place = { relyingPartyDomain?: string | null | undefined; origins: readonly string[] }

/** Whom the answer must be for and where it may come from: what is set, else the page that asks, else this server. */
export function relyingParty({ relyingPartyDomain, origins }: Place, { headers, baseUrl }: RequestView) {
  const [sent] = headers.origin ?? []
  const origin = sent !== undefined && URL.canParse(sent) ? sent : new URL(baseUrl).origin
  return {
    relyingPartyId: relyingPartyDomain || new URL(origin).hostname,
    origins: origins.length > 0 ? origins : [origin],
  }
}

/**
 * The question in AM's form, which the vendor's clients read.
 * @param data what is asked for, with its challenge in base64.
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
 * Members of the question that name the relying party, once as the JavaScript that old clients paste, once as data.
 * Without one, the browser takes the page's own domain.
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

/** Credentials as data, their ids in signed bytes. */
export function credentialList(ids: readonly string[]): Json[] {
  return ids.map((id) => ({ type: 'public-key', id: [...signedBytes(id)] }))
}

/** Credentials as the JavaScript that old clients take apart. */
export function credentialScript(ids: readonly string[]): string {
  const items = ids.map((id) => `{"type":"public-key","id":new Int8Array([${signedBytes(id)}]).buffer}`)
  return items.join(',')
}

/** @param text base64url. */
function signedBytes(text: string): Int8Array {
  return Int8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0))
}

/** Text in base64url. Only for ASCII. */
export function toBase64url(text: string): string {
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** undefined for what is not base64url. */
export function fromBase64url(text: string): string | undefined {
  try {
    return atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  } catch {
    return undefined
  }
}
