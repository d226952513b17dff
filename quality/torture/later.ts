import { setTimeout as after } from 'node:timers/promises'

type Check = { at: number; check: () => Promise<void> }

/** Delay of a check after its cause, in milliseconds, so that faults happen in between. */
const soonestMs = 20_000
const spreadMs = 60_000

/** Checks that run later. */
export class Later {
  readonly #waiting: Check[] = []

  readonly add = (check: () => Promise<void>): void => {
    this.#waiting.push({ at: performance.now() + soonestMs + Math.random() * spreadMs, check })
  }

  /** Runs due checks until `isOver`. */
  async keep(isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      await this.#make((at) => at <= performance.now())
      await after(200)
    }
  }

  /** Runs all remaining checks. */
  async finish(): Promise<void> {
    await this.#make(() => true)
  }

  async #make(isDue: (at: number) => boolean): Promise<void> {
    const due = this.#waiting.filter(({ at }) => isDue(at))
    const kept = this.#waiting.filter(({ at }) => !isDue(at))
    this.#waiting.splice(0, this.#waiting.length, ...kept)
    const work = async () => {
      for (let next = due.pop(); next !== undefined; next = due.pop()) await next.check()
    }
    await Promise.all(Array.from({ length: 4 }, work))
  }
}
