/** Lets requests of this process that change the same thing take turns, in their order. */
export class Turns {
  /** The end of the last turn of each key. */
  readonly #last = new Map<string, Promise<void>>()

  /** Waits until all earlier turns of the key have ended. @returns a function that ends this turn. */
  async take(key: string): Promise<() => void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    const before = this.#last.get(key)
    this.#last.set(key, promise)
    await before
    return () => {
      if (this.#last.get(key) === promise) this.#last.delete(key)
      resolve()
    }
  }
}
