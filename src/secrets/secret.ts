import { inspect } from 'node:util'

const mask = '[secret]'

/**
 * Protects a secret from being written by accident: logs, JSON, errors and templates contain `[secret]` instead. Call
 * `reveal` for the text.
 */
export class Secret {
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  reveal(): string {
    return this.#text
  }

  toString(): string {
    return mask
  }

  toJSON(): string {
    return mask
  }

  [Symbol.toPrimitive](): string {
    return mask
  }

  [inspect.custom](): string {
    return mask
  }
}
