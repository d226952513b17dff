import type { PasskeyRequest } from '../step/special-steps.ts'

/** The reason why there is no passkey. `kind` is the name of a text. */
export type PasskeyProblem = {
  kind: 'passkeyCancelled' | 'passkeyKnown' | 'passkeyOrigin' | 'passkeyNone' | 'passkeyError'
  /** The value for the journey. */
  outcome: string
}

export type PasskeyResult = { outcome: string } | { problem: PasskeyProblem }

const problems: Readonly<Record<string, PasskeyProblem['kind']>> = {
  NotAllowedError: 'passkeyCancelled',
  AbortError: 'passkeyCancelled',
  TimeoutError: 'passkeyCancelled',
  InvalidStateError: 'passkeyKnown',
  SecurityError: 'passkeyOrigin',
  NotSupportedError: 'passkeyNone',
}

const unsupported: PasskeyProblem = { kind: 'passkeyNone', outcome: 'unsupported' }

export function hasPasskeys(): boolean {
  return typeof PublicKeyCredential === 'function'
}

/** Whether the browser can offer passkeys in autofill. */
export async function canAutofill(): Promise<boolean> {
  const check = hasPasskeys() ? PublicKeyCredential.isConditionalMediationAvailable : undefined
  return (await check?.call(PublicKeyCredential)) === true
}

/**
 * Asks the device to create or use a passkey.
 * @returns the value of the journey's hidden value, parts separated by `::`. Source: "WebAuthn Registration node".
 */
export async function requestPasskey(
  question: PasskeyRequest,
  options: { signal: AbortSignal; isAutofill?: boolean },
): Promise<PasskeyResult> {
  if (!hasPasskeys()) return { problem: unsupported }
  try {
    const credential = question.isRegistration
      ? await navigator.credentials.create({ publicKey: creationOf(question), signal: options.signal })
      : await navigator.credentials.get({
          publicKey: requestOf(question),
          signal: options.signal,
          ...(options.isAutofill ? { mediation: 'conditional' } : {}),
        })
    if (!(credential instanceof PublicKeyCredential)) return { problem: unsupported }
    return { outcome: outcomeOf(credential, question) }
  } catch (error) {
    const { name, message } = error instanceof DOMException || error instanceof Error ? error : new Error()
    const kind = Object.hasOwn(problems, name) ? problems[name] : undefined
    const outcome = name === 'NotSupportedError' ? unsupported.outcome : `ERROR::${name}:${message}`
    return { problem: { kind: kind ?? 'passkeyError', outcome } }
  }
}

function creationOf(question: PasskeyRequest): PublicKeyCredentialCreationOptions {
  const { relyingPartyName, _relyingPartyId, userId, userName, displayName, challenge } = question
  const options = {
    rp: { name: relyingPartyName, ...(_relyingPartyId ? { id: _relyingPartyId } : {}) },
    user: { id: new TextEncoder().encode(userId), name: userName, displayName },
    challenge: bytesOf(challenge),
    pubKeyCredParams: question._pubKeyCredParams ?? [],
    authenticatorSelection: question._authenticatorSelection,
    attestation: question.attestationPreference,
    excludeCredentials: question._excludeCredentials.map(descriptor),
    timeout: question.timeout,
    extensions: question.extensions,
  }
  // The journey's settings use the values of the WebAuthn standard; the browser rejects unknown ones.
  return options as PublicKeyCredentialCreationOptions
}

function requestOf(question: PasskeyRequest): PublicKeyCredentialRequestOptions {
  const options = {
    challenge: bytesOf(question.challenge),
    allowCredentials: question._allowCredentials.map(descriptor),
    userVerification: question.userVerification,
    timeout: question.timeout,
    extensions: question.extensions,
    ...(question._relyingPartyId ? { rpId: question._relyingPartyId } : {}),
  }
  // As above.
  return options as PublicKeyCredentialRequestOptions
}

function descriptor({ type, id }: { type: string; id: readonly number[] }) {
  return { type, id: new Int8Array(id) }
}

/** The JSON format also tells the journey what kind of authenticator was used. */
function outcomeOf(made: PublicKeyCredential, { wantsJson }: PasskeyRequest): string {
  const legacyData = partsOf(made).join('::')
  const { authenticatorAttachment } = made
  return wantsJson ? JSON.stringify({ legacyData, authenticatorAttachment }) : legacyData
}

function partsOf({ id, response }: PublicKeyCredential): string[] {
  const clientData = new TextDecoder().decode(response.clientDataJSON)
  if (response instanceof AuthenticatorAttestationResponse) {
    return [clientData, numbersOf(response.attestationObject), id]
  }
  if (!(response instanceof AuthenticatorAssertionResponse)) return [clientData]
  const { authenticatorData, signature, userHandle } = response
  const handle = userHandle === null ? [] : [new TextDecoder().decode(userHandle)]
  return [clientData, numbersOf(authenticatorData), numbersOf(signature), id, ...handle]
}

/** Comma-separated signed bytes. */
function numbersOf(buffer: ArrayBuffer): string {
  return new Int8Array(buffer).toString()
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (one) => one.charCodeAt(0))
}
