import { isJsonObject, type Json, type JsonObject } from '../engine/json.ts'

/** What stands where something secret was. */
export const maskedText = '••••••'

/** Names of state keys and members that hold secrets, whatever is in them. */
const secretName = new RegExp(
  [
    'pass-?(word|phrase|code|wd)|secret|token|credential|cookie|jwt|assertion|challenge|signature',
    'otp|one-?time|(api|private|signing|shared)[-_.]?key|recovery-?codes?|kba|auth-?id',
    '(verification|confirmation|access|auth|invite|reset)[-_.]?code$|^code$|(^|[-_.])pin$|Pin$',
    'links?$|(redirect|resume)[-_.]?ur[il]$|^backchannel-transaction$|oauthdata|\\.device$|devicedata',
  ].join('|'),
  'i',
)

/** Texts that are secret by their form: tokens, what is long and means nothing, and links that carry either. */
const secretForm = new RegExp(
  [
    String.raw`\beyJ[\w-]{5,}\.[\w-]+\.`,
    String.raw`\bBearer\s+\S`,
    String.raw`[\w+/=-]{40,}`,
    String.raw`https?://[^\s"']*[?&#][^\s"']*(=[^\s&"']{16,}|(code|token|key|id|transaction|value|password|secret|otp)=)`,
  ].join('|'),
  'i',
)

/** Shorter ones are no secrets: they are everywhere. */
const shortest = 3
/** Shorter ones are too common to be looked for inside other texts. */
const shortestPart = 4

/** Knows what is secret in a run, and hides it in what is shown of it. */
export class Mask {
  readonly #secrets = new Set<string>()

  /** Whatever is in this value is secret from now on. */
  hide(value: Json | undefined): void {
    if (typeof value === 'string' || typeof value === 'number') this.#hideText(String(value))
    else if (Array.isArray(value)) for (const one of value) this.hide(one)
    else if (isJsonObject(value)) for (const one of Object.values(value)) this.hide(one)
  }

  /** Members with the name of a secret hold one, wherever else it turns up. */
  hideNamed(value: Json | undefined): void {
    if (Array.isArray(value)) for (const one of value) this.hideNamed(one)
    if (!isJsonObject(value)) return
    for (const [name, held] of Object.entries(value)) {
      if (this.isSecretName(name)) this.hide(held)
      else this.hideNamed(held)
    }
  }

  /** Whether something hidden is in a value, at whatever depth. */
  holdsHidden(value: Json): boolean {
    if (typeof value === 'string' || typeof value === 'number') return this.#isHidden(String(value))
    if (Array.isArray(value)) return value.some((one) => this.holdsHidden(one))
    if (!isJsonObject(value)) return false
    return Object.entries(value).some(
      ([name, held]) => !this.isSecretName(name) && (this.#isHidden(name) || this.holdsHidden(held)),
    )
  }

  isSecretName(name: string): boolean {
    return secretName.test(name)
  }

  /** A text as it may be shown: as it is, or not at all. */
  text(text: string): string {
    return this.#isSecret(text) ? maskedText : text
  }

  /** A value as it may be shown; undefined when nothing of it may. */
  value(value: Json): Json | undefined {
    if (typeof value === 'string') return this.#isSecret(value) ? undefined : value
    if (typeof value === 'number') return this.#isHidden(String(value)) ? undefined : value
    if (Array.isArray(value)) return value.map((one) => this.value(one) ?? maskedText)
    return isJsonObject(value) ? this.#object(value) : value
  }

  #object(object: JsonObject): JsonObject {
    const members = Object.entries(object).map(([name, value]) => {
      const shown = value !== null && this.isSecretName(name) ? undefined : this.value(value)
      return [this.text(name), shown === undefined ? maskedText : shown] as const
    })
    return Object.fromEntries(members)
  }

  #hideText(text: string): void {
    if (text.length >= shortest) this.#secrets.add(text)
  }

  #isSecret(text: string): boolean {
    return secretForm.test(text) || this.#isHidden(text)
  }

  #isHidden(text: string): boolean {
    if (this.#secrets.has(text)) return true
    for (const secret of this.#secrets) {
      if (secret.length >= shortestPart && text.includes(secret)) return true
    }
    return false
  }
}
