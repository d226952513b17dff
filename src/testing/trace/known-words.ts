import { maskedText } from '../../runtime/mask.ts'

const word = /[\p{L}\p{M}\p{N}_]+/gu

/** Also of apps: `myapp://…`. */
const link = /\S*(?::\/\/|\bwww\.)\S*/gi

/** Longer numbers can be codes even if the configuration contains them. */
const maxDigits = 3

/**
 * Words that the configuration and the walk contain. Texts that a journey sends elsewhere show only these, because a code, a
 * name or a password can have any form. Scripts contain many numbers, so that a number needs its next word, too: `10 minutes`.
 */
export class KnownWords {
  readonly #words = new Set<string>()

  /** Adds the words of all texts in a value, without names of members. */
  add(value: unknown): void {
    if (typeof value === 'string') for (const { key } of wordsIn(value)) this.#words.add(key ?? '')
    else if (typeof value === 'object' && value !== null)
      for (const one of Object.values(value)) this.add(one)
  }

  /** The text with all other words masked, and links as a whole. */
  only(text: string): string {
    const plain = text.replaceAll(link, maskedText)
    const unknown = wordsIn(plain).filter(({ key }) => key === undefined || !this.#words.has(key))
    return plain.replaceAll(/\S+/g, (part, from: number) => {
      const inside = unknown.filter(({ start, end }) => start >= from && end <= from + part.length)
      const [first] = inside
      const last = inside.at(-1)
      // The signs between unknown words are part of the secret.
      if (first === undefined || last === undefined) return part
      return part.slice(0, first.start - from) + maskedText + part.slice(last.end - from)
    })
  }
}

type Word = {
  start: number
  end: number
  /** The word, with the next one if it is a number; undefined if it can be a code. */
  key: string | undefined
}

function wordsIn(text: string): Word[] {
  const found = [...text.matchAll(word)]
  return found.map(({ 0: own, index }, place) => {
    return { start: index, end: index + own.length, key: keyOf(own, found[place + 1]?.[0]) }
  })
}

function keyOf(own: string, next: string | undefined): string | undefined {
  if (digitsIn(own) === 0) return own
  const isKnowable = digitsIn(own) <= maxDigits && next !== undefined && digitsIn(next) === 0
  return isKnowable ? `${own} ${next}` : undefined
}

function digitsIn(text: string): number {
  return text.replaceAll(/\P{N}/gu, '').length
}
