import type { Callback, Step } from '../../api/authenticate.ts'
import { promptOf, textOf, textsOf } from './inputs.ts'

/** Attributes for autofill and the on-screen keyboard. Source: "Autofill", WHATWG HTML. */
export type Hints = { autoComplete: string; inputMode?: 'numeric' | 'email' | 'tel' | 'decimal' }

const code: Hints = { autoComplete: 'one-time-code', inputMode: 'numeric' }

const byAttribute: Readonly<Record<string, Hints>> = {
  userName: { autoComplete: 'username' },
  mail: { autoComplete: 'email', inputMode: 'email' },
  givenName: { autoComplete: 'given-name' },
  sn: { autoComplete: 'family-name' },
  cn: { autoComplete: 'name' },
  displayName: { autoComplete: 'nickname' },
  telephoneNumber: { autoComplete: 'tel', inputMode: 'tel' },
  postalAddress: { autoComplete: 'street-address' },
  city: { autoComplete: 'address-level2' },
  stateProvince: { autoComplete: 'address-level1' },
  postalCode: { autoComplete: 'postal-code' },
  country: { autoComplete: 'country-name' },
}

/** A heading over fields that are all called "Password". */
const newPassword =
  /\b(?:new|(?:re)?set (?:a|your)) password|neues (?:pass|kenn)wort|nouveau mot de passe|contraseña nueva|nueva contraseña|كلمة مرور جديدة/i

/** Whether a prompt asks for a one-time code. Recovery codes are different: they have letters and cannot be autofilled. */
function asksForCode(prompt: string): boolean {
  return /\b(otp|totp|hotp|one[- ]?time|verification|code|pin)\b/i.test(prompt) && !isRecovery(prompt)
}

function isRecovery(prompt: string): boolean {
  return /recovery|backup/i.test(prompt)
}

/** Whether the value is a code or a password, which is not kept for another attempt. */
export function isSecret(callback: Callback, step: Step): boolean {
  if (callback.type === 'PasswordCallback') return true
  return callback.type === 'NameCallback' && nameHints(callback, step).autoComplete !== 'username'
}

export function nameHints(callback: Callback, step: Step): Hints {
  const prompt = promptOf(callback)
  // The agent reads this code aloud, so the browser cannot autofill it from a message.
  if (step.stage === 'VerificationCode') return { autoComplete: 'off', inputMode: 'numeric' }
  if (step.stage === 'OneTimePassword' || asksForCode(prompt)) return code
  return { autoComplete: isRecovery(prompt) ? 'off' : 'username' }
}

/** The hints with the tokens that the journey's author chose, if any. */
export function configuredHints(callback: Callback, hints: Hints): Hints {
  const tokens = textsOf(callback, 'autocompleteValues').filter((token) => /^[a-z0-9-]+$/.test(token))
  return tokens.length === 0 ? hints : { ...hints, autoComplete: tokens.join(' ') }
}

/** A PasswordCallback can also ask for the answer to a question or for a code; its prompt tells. */
export function passwordHints(callback: Callback, step: Step): Hints & { isShown?: boolean } {
  const prompt = promptOf(callback)
  if (step.stage === 'OneTimePassword' || asksForCode(prompt)) return { ...code, isShown: true }
  const isNew = /\b(new|confirm|repeat)\b/i.test(prompt) || newPassword.test(step.header ?? '')
  if (step.stage === 'DefaultRegistration' || (isNew && !/\b(old|current)\b/i.test(prompt))) {
    return { autoComplete: 'new-password' }
  }
  const isPassword = /passw|kennwort|mot de passe|contrase|كلمة/i.test(prompt)
  return { autoComplete: isPassword ? 'current-password' : 'off' }
}

/** Whether the passwords of a step sign the person in, and none is a new one. */
export function signsInWithPassword(step: Step): boolean {
  const asked = step.callbacks
    .filter(({ type }) => type === 'PasswordCallback')
    .map((callback) => passwordHints(callback, step).autoComplete)
  return asked.includes('current-password') && !asked.includes('new-password')
}

export function attributeHints(callback: Callback): Hints {
  const name = textOf(callback, 'name')
  return (Object.hasOwn(byAttribute, name) ? byAttribute[name] : undefined) ?? { autoComplete: 'off' }
}
