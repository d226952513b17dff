import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts'
import { isSecretSetting } from '../../base/looks-secret.ts'
import { holdsSecret, maskedSecretsIn } from '../../journeys/compare/secrets.ts'
import { Mask, maskedText } from '../../runtime/mask.ts'
import { maskedCodes } from '../masked-codes.ts'

/** Longer texts are cut. */
const maxLength = 2048

/** Masks what a trace contains. Fails closed: it masks texts that only look like secrets. */
export class TraceMask {
  readonly #mask = new Mask()
  readonly #secrets: readonly string[]

  /** @param secrets texts that must not be in the trace, not even as a part of another text. */
  constructor(secrets: readonly string[]) {
    // Addresses, texts in JSON and codes on pages contain a secret in another spelling.
    const spelt = secrets.flatMap((secret) => [
      secret,
      encodeURIComponent(secret.toWellFormed()),
      JSON.stringify(secret).slice(1, -1),
      ...(/^\d{6,}$/.test(secret) ? [' ', '-'].map((sign) => inGroups(secret, sign)) : []),
    ])
    this.#secrets = [...new Set(spelt)]
      .filter((secret) => secret.length > 2)
      .toSorted((one, other) => other.length - one.length)
  }

  /** The text without known secrets. */
  known(text: string): string {
    return this.#secrets.reduce((rest, secret) => rest.replaceAll(secret, maskedText), text)
  }

  /** The text without known secrets, and without words that have the form of one. */
  text(text: string): string {
    return cut(this.known(text).replaceAll(/\S+/g, (word) => this.#mask.text(word)))
  }

  /** A text that the journey sent elsewhere, also without codes. */
  sent(text: string): string {
    return maskedCodes(this.text(text))
  }

  /** A value whose members may have names of secrets. */
  json(value: Json): Json {
    return this.#inside(this.#mask.value(value) ?? maskedText, (text) => this.known(text))
  }

  /** The content of a request, without codes in its texts. */
  body(text: string): Json {
    const members = bodyOf(text)
    if (typeof members === 'string') return this.sent(members)
    const masked = this.#mask.value(members) ?? maskedText
    return this.#inside(masked, (each) => cut(maskedCodes(this.known(each))))
  }

  /** Lines of a script or a walk file. */
  source(text: string): string {
    return text
      .split('\n')
      .map((line) => this.known(maskedSecretsIn(line)))
      .join('\n')
  }

  /**
   * Settings. Names stay, because schemas know them; so do values other than texts.
   * @param secrets names of settings that are secret.
   */
  settings(settings: JsonObject, secrets: readonly string[] = []): JsonObject {
    const entries = Object.entries(settings).map(([name, value]) => {
      const isSecret = secrets.includes(name) || isSecretSetting(name)
      return [name, isSecret ? hidden(value) : this.#setting(value)] as const
    })
    return Object.fromEntries(entries)
  }

  #setting(value: Json): Json {
    if (typeof value === 'string') return holdsSecret(value) ? maskedText : this.known(value)
    if (Array.isArray(value)) return value.map((one) => this.#setting(one))
    return isJsonObject(value) ? this.settings(value) : value
  }

  /** Changes all texts of a value, names of members included. Numbers that are secrets become texts. */
  #inside(value: Json, change: (text: string) => string): Json {
    if (typeof value === 'string') return change(value)
    if (typeof value === 'number') return this.known(String(value)) === String(value) ? value : maskedText
    if (Array.isArray(value)) return value.map((one) => this.#inside(one, change))
    if (!isJsonObject(value)) return value
    return Object.fromEntries(
      Object.entries(value).map(([name, one]) => [change(name), this.#inside(one, change)]),
    )
  }
}

/** Digits in threes. */
function inGroups(digits: string, sign: string): string {
  return digits.match(/.{1,3}/g)?.join(sign) ?? digits
}

function hidden(value: Json): Json {
  if (typeof value === 'boolean' || value === null || value === '') return value
  return maskedText
}

function cut(text: string): string {
  return text.length <= maxLength ? text : `${text.slice(0, maxLength)}…`
}

/** Members of a JSON text or a form, so that their names count; other texts as they are. */
function bodyOf(text: string): Json {
  try {
    // JSON.parse returns JSON.
    return JSON.parse(text) as Json
  } catch {
    const isForm = /^[\w.%+-]+=[^\s]*$/.test(text)
    return isForm ? Object.fromEntries(new URLSearchParams(text)) : text
  }
}
