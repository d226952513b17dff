import { inspect } from 'node:util'

const shown = '[secret]'

/**
 * A text that must not be written down by accident: in a log, a JSON answer, an error or a template it reads `[secret]`.
 * Whoever means it says so by `reveal`.
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
    return shown
  }

  toJSON(): string {
    return shown
  }

  [Symbol.toPrimitive](): string {
    return shown
  }

  [inspect.custom](): string {
    return shown
  }
}
