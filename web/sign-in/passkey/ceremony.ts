import type { PasskeyQuestion } from '../step/recognised.ts'

/** Why there is no passkey, in the words of {@link Words}; `name` and `message` are the browser's. */
export type PasskeyProblem = {
  kind: 'passkeyCancelled' | 'passkeyKnown' | 'passkeyOrigin' | 'passkeyNone' | 'passkeyError'
  /** What the journey is told. */
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

/** Whether the browser can offer passkeys among what it fills in. */
export async function canOfferInField(): Promise<boolean> {
  const check = hasPasskeys() ? PublicKeyCredential.isConditionalMediationAvailable : undefined
  return (await check?.call(PublicKeyCredential)) === true
}

/**
 * Has the device make or use a passkey.
 * @returns what goes back in the hidden value: parts with two colons between. Source: "WebAuthn Registration node".
 */
export async function askDevice(
  question: PasskeyQuestion,
  options: { signal: AbortSignal; isInField?: boolean },
): Promise<PasskeyResult> {
  if (!hasPasskeys()) return { problem: unsupported }
  try {
    const made = question.isRegistration
      ? await navigator.credentials.create({ publicKey: creationOf(question), signal: options.signal })
      : await navigator.credentials.get({
          publicKey: requestOf(question),
          signal: options.signal,
          ...(options.isInField ? { mediation: 'conditional' } : {}),
        })
    if (!(made instanceof PublicKeyCredential)) return { problem: unsupported }
    return { outcome: outcomeOf(made, question) }
  } catch (error) {
    const { name, message } = error instanceof DOMException || error instanceof Error ? error : new Error()
    const kind = Object.hasOwn(problems, name) ? problems[name] : undefined
    const outcome = name === 'NotSupportedError' ? unsupported.outcome : `ERROR::${name}:${message}`
    return { problem: { kind: kind ?? 'passkeyError', outcome } }
  }
}

function creationOf(question: PasskeyQuestion): PublicKeyCredentialCreationOptions {
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
  // The journey's settings are words of the same standard; the browser refuses those that it does not know.
  return options as PublicKeyCredentialCreationOptions
}

function requestOf(question: PasskeyQuestion): PublicKeyCredentialRequestOptions {
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

/** Newer clients say with it what kind of device it was. */
function outcomeOf(made: PublicKeyCredential, { wantsJson }: PasskeyQuestion): string {
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

/** Signed bytes, commas between. */
function numbersOf(buffer: ArrayBuffer): string {
  return new Int8Array(buffer).toString()
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (one) => one.charCodeAt(0))
}
