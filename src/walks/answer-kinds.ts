import { isSecretState } from '../base/looks-secret.ts'
import { isCallbackType, secretAnswers } from '../engine/callbacks.ts'
import { type JsonCallback, outputOf, promptOf } from './page.ts'

export type AnswerKind = 'plain' | 'person' | 'password' | 'newPassword' | 'code' | 'secret'

/** Callbacks whose answers are bound to a device, a moment or another service. */
const boundAnswers: ReadonlySet<string> = new Set([
  'DeviceProfileCallback',
  'DeviceBindingCallback',
  'DeviceSigningVerifierCallback',
  'ReCaptchaCallback',
  'ReCaptchaEnterpriseCallback',
  'PingOneProtectEvaluationCallback',
])

/** Callbacks with a text that a person types. */
const texts: ReadonlySet<string> = new Set([
  'NameCallback',
  'PasswordCallback',
  'TextInputCallback',
  'HiddenValueCallback',
  'StringAttributeInputCallback',
])

const asksForCode = /\b(code|otp|pin|token|passcode|tan)\b|one[- ]?time/i

/** What an answer is, so that secrets are named and not written. Answers in doubt are secrets. */
export function answerKind(callback: JsonCallback, value: unknown): AnswerKind {
  const { type } = callback
  const asked = askedBy(callback)
  if (texts.has(type) && isCode(String(value), asked)) return 'code'
  if (type === 'PasswordCallback') return isSecretState(asked) || asked === '' ? 'password' : 'secret'
  if (type === 'ValidatedCreatePasswordCallback') return 'newPassword'
  if (boundAnswers.has(type) || !isCallbackType(type) || secretAnswers.has(type)) return 'secret'
  if (texts.has(type) && isSecretState(asked)) return 'secret'
  if (typeof value === 'string' && looksSecret(value)) return 'secret'
  return isName(callback) ? 'person' : 'plain'
}

function askedBy(callback: JsonCallback): string {
  const name = outputOf(callback, 'name')
  return [promptOf(callback) ?? '', typeof name === 'string' ? name : ''].join(' ').trim()
}

function isCode(value: string, asked: string): boolean {
  return /^\d{6,8}$/.test(value) || asksForCode.test(asked)
}

/** Whether a text could be a token, a link or another key. */
export function looksSecret(text: string): boolean {
  return /[\w+/=-]{24,}|:\/\/|\$\{/.test(text)
}

function isName(callback: JsonCallback): boolean {
  const { type } = callback
  if (type === 'NameCallback') return true
  const name = outputOf(callback, 'name')
  return type === 'StringAttributeInputCallback' && (name === 'mail' || name === 'userName')
}
