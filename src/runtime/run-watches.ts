import { z } from 'zod'
import { defined } from '../base/defined.ts'
import { badRequest, type RequestError } from '../base/errors.ts'
import { randomToken } from '../secrets/digest.ts'
import type { Sealer } from '../secrets/seal.ts'
import type { StepStore } from './step-store.ts'

/** Validity of a key, in milliseconds. */
const keyLifeMs = 5 * 60_000

const keySchema = z.object({
  watch: z.string(),
  realm: z.string(),
  journey: z.string().exactOptional(),
  /** Whether the run is one of the journey's draft. */
  draft: z.literal(true).exactOptional(),
  startedBy: z.string().exactOptional(),
  userAgent: z.string().exactOptional(),
  expiresAt: z.number(),
})

/** A run that may start: the name of its watch, and who watches it. */
export type AdmittedWatch = {
  id: string
  /** Hash of the token of the session that got the key. */
  startedBy?: string
  /** What nodes and scripts see as the user agent of the run. */
  userAgent?: string
}

/** What a key says about its run. */
export type WatchOptions = {
  /** Whether the run is one of the draft, which then is the only thing that the key starts. */
  isDraft?: boolean | undefined
  /** Hash of the token of the administrator's session. */
  startedBy?: string | undefined
  /** Default: the user agent of each request. */
  userAgent?: string | undefined
}

/** A watch key, and the name under which its run will be found. Only the key is secret. */
export type IssuedWatch = { watch: string; key: string; expiresAt: number }

/**
 * Issues keys that let an administrator watch one run. A key contains its own scope, sealed, so nothing is stored
 * before the run starts. The first request of the run uses the key up.
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

  /**
   * @param journey the only journey that the key is valid for; undefined for any journey of the realm.
   * @throws RequestError 400 for the draft of an unnamed journey.
   */
  issue(realm: string, journey: string | undefined, options: WatchOptions = {}): IssuedWatch {
    const { isDraft = false, startedBy, userAgent } = options
    if (isDraft && journey === undefined) throw badRequest('journey: the run of a draft needs its name')
    const watch = randomToken(16)
    const expiresAt = this.#now() + keyLifeMs
    const content = {
      watch,
      realm,
      expiresAt,
      ...defined({ journey, draft: isDraft || undefined, startedBy, userAgent }),
    }
    return { watch, key: this.#sealer.seal(JSON.stringify(content)), expiresAt }
  }

  /**
   * Accepts a key for a run that is about to start.
   * @throws RequestError 400 for an invalid key, so that no run seems to be recorded when it isn't.
   */
  async admit(key: string, realm: string, journey: string): Promise<AdmittedWatch> {
    const content = this.#read(key)
    // rule S28: otherwise a key runs the draft of any journey
    const isFor = content?.realm === realm && (content.journey ?? journey) === journey
    if (content === undefined || !isFor || content.expiresAt <= this.#now()) throw watchRefused()
    if ((await this.#steps.watched(realm, content.watch)) !== undefined) throw watchRefused()
    return { id: content.watch, ...defined({ startedBy: content.startedBy, userAgent: content.userAgent }) }
  }

  /** Whether a key is for the run of a draft. The key is not checked: `admit` decides whether the run may start. */
  isForDraft(key: string | undefined): boolean {
    return key !== undefined && this.#read(key)?.draft === true
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
