import * as z from 'zod/mini'
import { type Callback, outputOf, type Step } from '../../api/authenticate.ts'
import { callbacksOf, textOf } from './inputs.ts'

// Recognizes passkeys, authenticator apps and recovery codes, which journeys send as several callbacks or as a script. The
// page never runs those scripts; it reads the data out of them.

const credential = z.object({ type: z.string(), id: z.array(z.number()) })

const passkeySchema = z.object({
  challenge: z.string(),
  timeout: z._default(z.coerce.number(), 60_000),
  extensions: z._default(z.record(z.string(), z.unknown()), {}),
  _relyingPartyId: z._default(z.string(), ''),
  // To sign in. Only nodes of version 2.0 send the last two.
  userVerification: z.optional(z.string()),
  mediation: z.optional(z.string()),
  manualButtonEnabled: z.optional(z.boolean()),
  _allowCredentials: z._default(z.array(credential), []),
  // To register.
  relyingPartyName: z._default(z.string(), ''),
  userId: z._default(z.string(), ''),
  userName: z._default(z.string(), ''),
  displayName: z._default(z.string(), ''),
  attestationPreference: z.optional(z.string()),
  _pubKeyCredParams: z.optional(z.array(z.object({ type: z.string(), alg: z.number() }))),
  _authenticatorSelection: z.optional(z.record(z.string(), z.unknown())),
  _excludeCredentials: z._default(z.array(credential), []),
})

/** The WebAuthn options in the journey's format: ids as signed bytes, the challenge as base64. */
export type PasskeyRequest = z.infer<typeof passkeySchema> & { isRegistration: boolean; wantsJson: boolean }

/** Id of the hidden value for the WebAuthn result. */
const outcomeId = 'webAuthnOutcome'

export function isPasskeyOutcome(callback: Callback): boolean {
  return callback.type === 'HiddenValueCallback' && textOf(callback, 'id') === outcomeId
}

/** The WebAuthn options of a step, from a MetadataCallback or from the first line of a script. */
export function passkeyRequestOf(step: Step): PasskeyRequest | undefined {
  if (!step.callbacks.some(isPasskeyOutcome)) return undefined
  for (const callback of step.callbacks) {
    const data = callback.type === 'MetadataCallback' ? outputOf(callback, 'data') : scriptDataOf(callback)
    const read = z.safeParse(passkeySchema, data)
    if (!read.success) continue
    const isRegistration = read.data._pubKeyCredParams !== undefined
    return { ...read.data, isRegistration, wantsJson: callback.type === 'MetadataCallback' }
  }
  return undefined
}

function scriptDataOf(callback: Callback): unknown {
  const json = /^var scriptContext = (\{.*\})$/m.exec(scriptOf(callback) ?? '')?.[1]
  return json === undefined ? undefined : jsonOf(json)
}

export function scriptOf(callback: Callback): string | undefined {
  const isScript = callback.type === 'TextOutputCallback' && textOf(callback, 'messageType') === '4'
  return isScript ? textOf(callback, 'message') : undefined
}

/** The URI that registers an authenticator app. */
export function registrationUriOf(callback: Callback): string | undefined {
  const value = callback.type === 'HiddenValueCallback' ? textOf(callback, 'value') : ''
  return /^(otpauth|pushauth|mfauth):\/\//.test(value) ? value : undefined
}

export function isAppRegistration(step: Step): boolean {
  return step.callbacks.some((callback) => registrationUriOf(callback) !== undefined)
}

/** The number of a push notification, which the person chooses in their app. */
export function pushNumberOf(step: Step): string | undefined {
  const shown = step.callbacks.find(
    (callback) => callback.type === 'HiddenValueCallback' && textOf(callback, 'id') === 'pushChallengeNumber',
  )
  const number = shown && textOf(shown, 'value')
  return number !== undefined && /^\d{1,4}$/.test(number) ? number : undefined
}

/** In the script, each code is on its own line before an escaped line end, and the device name comes last. */
export function recoveryCodesOf(callback: Callback): { codes: string[]; device: string } | undefined {
  const script = scriptOf(callback)
  if (!script?.includes('Recovery Codes')) return undefined
  const codes = [...script.matchAll(/^\s*"([\w-]+)\\n"/gm)].map(([, code = '']) => code)
  const device = /<em>(.*?)<\/em>/.exec(script)?.[1] ?? ''
  return codes.length === 0 ? undefined : { codes, device }
}

export function recoveryCodesIn(step: Step): { codes: string[]; device: string } | undefined {
  return callbacksOf(step, 'TextOutputCallback')
    .map(recoveryCodesOf)
    .find((found) => found !== undefined)
}

/** The HTML of a script that does nothing but insert it, such as the download links of the authenticator app. */
export function htmlOfScript(callback: Callback): string | undefined {
  const text = /^document\.getElementById\("callback_0"\)\.innerHTML = ("(?:[^"\\]|\\.)*");\s*$/.exec(
    scriptOf(callback) ?? '',
  )?.[1]
  const html = text === undefined ? undefined : jsonOf(text)
  return typeof html === 'string' ? html : undefined
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
