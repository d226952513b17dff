/** The cookies of a party. */
export class Browser {
  readonly #cookies = new Map<string, string>()

  /** The Cookie header; undefined without cookies. */
  get header(): string | undefined {
    const pairs = [...this.#cookies].map(([name, value]) => `${name}=${value}`)
    return pairs.length === 0 ? undefined : pairs.join('; ')
  }

  /** Another browser with the same cookies. */
  copy(): Browser {
    const copy = new Browser()
    for (const [name, value] of this.#cookies) copy.set(name, value)
    return copy
  }

  set(name: string, value: string): void {
    this.#cookies.set(name, value)
  }

  /** @param headers Set-Cookie headers. @param now epoch milliseconds. */
  receive(headers: readonly string[], now: number): void {
    for (const header of headers) {
      const [pair = '', ...attributes] = header.split(';').map((part) => part.trim())
      const name = pair.slice(0, pair.indexOf('='))
      if (isOver(attributes, now)) this.#cookies.delete(name)
      else this.#cookies.set(name, pair.slice(name.length + 1))
    }
  }
}

function isOver(attributes: readonly string[], now: number): boolean {
  const valueIn = (name: string) =>
    attributes.find((each) => each.toLowerCase().startsWith(`${name}=`))?.slice(name.length + 1)
  const maxAge = valueIn('max-age')
  if (maxAge !== undefined) return Number(maxAge) <= 0
  const expires = Date.parse(valueIn('expires') ?? '')
  return expires <= now
}
