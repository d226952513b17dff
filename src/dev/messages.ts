/** Says each problem once, until it changes, and knows the current ones. */
export class Messages {
  readonly say: (text: string) => void
  readonly #current = new Map<string, readonly string[]>()

  constructor(say: (text: string) => void) {
    this.say = say
  }

  get current(): readonly string[] {
    return [...this.#current.values()].flat()
  }

  /** Replaces the problems of one topic. */
  replace(topic: string, problems: readonly string[]): void {
    const before = this.#current.get(topic) ?? []
    for (const problem of problems) if (!before.includes(problem)) this.say(problem)
    this.#current.set(topic, problems)
  }
}
