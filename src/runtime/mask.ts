import { isJsonObject, type Json, type JsonObject } from '../base/json.ts'
import { isSecretState } from '../base/looks-secret.ts'

/** Replaces secrets. */
export const maskedText = '••••••'

/** Texts whose form marks them as secrets: tokens, long random strings, and links that carry either. */
const secretForm = new RegExp(
  [
    String.raw`\beyJ[\w-]{5,}\.[\w-]+\.`,
    String.raw`\bBearer\s+\S`,
    String.raw`[\w+/=-]{40,}`,
    String.raw`https?://[^\s"']*[?&#][^\s"']*(=[^\s&"']{16,}|(code|token|key|id|transaction|value|password|secret|otp)=)`,
  ].join('|'),
  'i',
)

/** Shorter texts are too common to be secrets. */
const minSecretLength = 3
/** Shorter secrets are masked only as whole values, not inside other texts. */
const minPartLength = 4

/** Collects the secrets of a run, and masks them in the record that administrators see. */
export class Mask {
  readonly #secrets = new Set<string>()

  /** Treats every text and number in this value as secret from now on. */
  hide(value: Json | undefined): void {
    if (typeof value === 'string' || typeof value === 'number') this.#hideText(String(value))
    else if (Array.isArray(value)) for (const one of value) this.hide(one)
    else if (isJsonObject(value)) for (const one of Object.values(value)) this.hide(one)
  }

  /** Hides the values of members with secret names, so that they are masked in other places, too. */
  hideNamed(value: Json | undefined): void {
    if (Array.isArray(value)) for (const one of value) this.hideNamed(one)
    if (!isJsonObject(value)) return
    for (const [name, member] of Object.entries(value)) {
      if (isSecretState(name)) this.hide(member)
      else this.hideNamed(member)
    }
  }

  /** Whether a value contains a secret, at any depth. */
  holdsHidden(value: Json): boolean {
    if (typeof value === 'string' || typeof value === 'number') return this.#isHidden(String(value))
    if (Array.isArray(value)) return value.some((one) => this.holdsHidden(one))
    if (!isJsonObject(value)) return false
    return Object.entries(value).some(
      ([name, member]) => !isSecretState(name) && (this.#isHidden(name) || this.holdsHidden(member)),
    )
  }

  /** The text, or the mask if any part of it is secret. */
  text(text: string): string {
    return this.#isSecret(text) ? maskedText : text
  }

  /** The sentence, in which long words are masked alone: they can be ids. With any other secret, the whole is masked. */
  sentence(text: string): string {
    if (this.#isHidden(text)) return maskedText
    return this.text(text.replace(/\S+/g, (word) => this.text(word)))
  }

  /** The value with its secrets masked; undefined when all of it is secret. */
  value(value: Json): Json | undefined {
    if (typeof value === 'string') return this.#isSecret(value) ? undefined : value
    if (typeof value === 'number') return this.#isHidden(String(value)) ? undefined : value
    if (Array.isArray(value)) return value.map((one) => this.value(one) ?? maskedText)
    return isJsonObject(value) ? this.#object(value) : value
  }

  #object(object: JsonObject): JsonObject {
    const members = Object.entries(object).map(([name, value]) => {
      const masked = value !== null && isSecretState(name) ? undefined : this.value(value)
      return [this.text(name), masked === undefined ? maskedText : masked] as const
    })
    return Object.fromEntries(members)
  }

  #hideText(text: string): void {
    if (text.length >= minSecretLength) this.#secrets.add(text)
  }

  #isSecret(text: string): boolean {
    return secretForm.test(text) || this.#isHidden(text)
  }

  #isHidden(text: string): boolean {
    if (this.#secrets.has(text)) return true
    for (const secret of this.#secrets) {
      if (secret.length >= minPartLength && text.includes(secret)) return true
    }
    return false
  }
}
