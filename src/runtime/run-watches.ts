import { z } from 'zod'
import { badRequest, type RequestError } from '../errors.ts'
import { randomToken } from '../secrets/digest.ts'
import type { Sealer } from '../secrets/seal.ts'
import type { StepStore } from './step-store.ts'

/** How long a key waits for the journey that it is for, in milliseconds. */
const keyLifeMs = 5 * 60_000

const keySchema = z.object({
  watch: z.string(),
  realm: z.string(),
  journey: z.string().exactOptional(),
  expiresAt: z.number(),
})

/** A key, and the name under which its run will be found, which is no secret. */
export type IssuedWatch = { watch: string; key: string; expiresAt: number }

/**
 * Lets administrators watch one run each. A key says itself what it is for, sealed, so nothing is stored before a run
 * begins; with its first request the watch is, and no other run can have it.
 */
export class RunWatches {
  readonly #sealer: Sealer
  readonly #steps: StepStore
  readonly #now: () => number

  constructor(from: { sealer: Sealer; steps: StepStore; now(): number }) {
    this.#sealer = from.sealer
    this.#steps = from.steps
    this.#now = from.now
  }

  /** @param journey the only journey that it is for; undefined for any of the realm. */
  issue(realm: string, journey: string | undefined): IssuedWatch {
    const watch = randomToken(16)
    const expiresAt = this.#now() + keyLifeMs
    const content = { watch, realm, expiresAt, ...(journey === undefined ? {} : { journey }) }
    return { watch, key: this.#sealer.seal(JSON.stringify(content)), expiresAt }
  }

  /**
   * Takes a key to a run that is about to begin.
   * @returns the name of the watch.
   * @throws RequestError 400 for a key that does not count, whatever the reason: nobody should take a run that is not
   * recorded for one that is.
   */
  async admit(key: string, realm: string, journey: string): Promise<string> {
    const content = this.#read(key)
    const isFor = content?.realm === realm && (content.journey ?? journey) === journey
    if (content === undefined || !isFor || content.expiresAt <= this.#now()) throw watchRefused()
    if ((await this.#steps.watched(realm, content.watch)) !== undefined) throw watchRefused()
    return content.watch
  }

  #read(key: string): z.infer<typeof keySchema> | undefined {
    try {
      return keySchema.parse(JSON.parse(this.#sealer.open(key)))
    } catch {
      return undefined
    }
  }
}

export function watchRefused(): RequestError {
  return badRequest('The watch key is unknown, used, or too old')
}
