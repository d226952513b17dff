import { maskedText } from '../runtime/mask.ts'

/** Digits as in one-time passwords. */
const code = /(?<!\w|\d\.)(?:\d{4,10}|\d{3}[ -]\d{3,4})(?!\w|\.\d)/g

/** A text that a journey sent elsewhere, without what can be a code. */
export function maskedCodes(text: string): string {
  return text.replaceAll(code, maskedText)
}
