/** A value that a walk names instead of containing it. */
export function placeholder(name: string): string {
  return `\${${name}}`
}

/** Shorter values are words and numbers that texts contain by chance. */
const minLengthInTexts = 6

/** The secrets of a recording. No text of a walk contains one of them. */
export class SecretNames {
  /** Values by name, for `${secret:NAME}`. They are kept in memory only. */
  readonly values: Record<string, string> = {}
  readonly #texts = new Map<string, string>()

  /** Marks a value as secret. @param instead what texts contain in its place. */
  hide(value: unknown, instead = '…'): void {
    if (typeof value === 'string' && value !== '') this.#texts.set(value, instead)
  }

  /** @param wish for the name; equal values get the same one. */
  name(value: unknown, wish: string): string {
    const text = typeof value === 'string' ? value : JSON.stringify(value)
    const base = slugOf(wish)
    let name = base
    for (let number = 2; Object.hasOwn(this.values, name) && this.values[name] !== text; number++)
      name = `${base}_${number}`
    this.values[name] = text
    const instead = placeholder(`secret:${name}`)
    this.hide(text, instead)
    return instead
  }

  isIn(text: string): boolean {
    return [...this.#texts.keys()].some((secret) => isInText(secret, text))
  }

  /** Replaces secrets in all texts of a value. */
  without<Value>(value: Value): Value {
    // Only texts change, and they stay texts.
    return this.#without(value) as Value
  }

  #without(value: unknown): unknown {
    if (typeof value === 'string') return this.#withoutText(value)
    if (Array.isArray(value)) return value.map((each) => this.#without(each))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => [this.#withoutText(name), this.#without(each)]),
    )
  }

  #withoutText(text: string): string {
    const longestFirst = [...this.#texts].toSorted(([left], [right]) => right.length - left.length)
    return longestFirst.reduce(
      (shown, [secret, instead]) =>
        isInText(secret, shown) ? shown.replaceAll(secret, () => instead) : shown,
      text,
    )
  }
}

function isInText(secret: string, text: string): boolean {
  return secret.length < minLengthInTexts ? text === secret : text.includes(secret)
}

function slugOf(text: string): string {
  const slug = text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '')
    .slice(0, 40)
  return /^[a-z]/.test(slug) ? slug : 'answer'
}
