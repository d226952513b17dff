import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { OperationError, RequestError } from '../base/errors.ts'
import { jsonObjectSchema } from '../base/json.ts'
import { type Work, waitFor } from '../base/work.ts'
import { cookieSchema } from '../engine/cookie.ts'
import { type AuthenticateAnswer, timedOut } from './authenticate-request.ts'
import { openStep, readAnswer, type SavedRun } from './saved-run.ts'
import { type Claim, isUnderWay, type StoredJourneySession } from './step-store.ts'
import type { World } from './world.ts'

/** How long a step stays claimed after its server stopped. Renewed at least once while the step runs that long. */
const leaseMs = 6_000
const renewEveryMs = 2_000

/**
 * How long a request waits while another server runs the same step, as long as proxies usually wait for a response. The lease
 * shows that the other server is alive: on a busy machine, or with slow outgoing calls, steps take long.
 */
const busyMs = 60_000
/** Pause between two attempts to claim: doubles from the first value to the longest. */
const firstPauseMs = 50
const longestPauseMs = 1_000

/** A response as version 0.1 saved it, in a column of its own. */
const answerSchema = z.object({
  status: z.number(),
  body: jsonObjectSchema,
  token: z.string().exactOptional(),
  headers: z.record(z.string(), z.string()).exactOptional(),
  cookies: z.array(cookieSchema).exactOptional(),
})

/** A request with the answers to one step of a journey. */
export type StepRequest = {
  idHash: string
  step: number
  /** Undefined for a request whose response must not be repeated. */
  requestHash: string | undefined
}

type Claimed = Extract<Claim, { kind: 'claimed' }>

/** A step that this process may run. */
export type ClaimedStep = {
  stored: StoredJourneySession
  /** What its body seals. */
  text: string
  saved: SavedRun
  owner: string
}

/** A step that this process runs. */
type Running = {
  owner: string
  /** Resolved at its end. Made for repeated requests that wait for it. */
  over: PromiseWithResolvers<void> | undefined
}

/** Ensures that each step runs once, on one server, and that a repeated request gets the response of the first. */
export class Claims {
  readonly #world: World
  /** By journey session. */
  readonly #running = new Map<string, Running>()
  /** Number of the last claim, which makes the names of claims unique. */
  #count = 0
  /** Renews all claims, as long as there are any. */
  #renewal: NodeJS.Timeout | undefined

  constructor(world: World) {
    this.#world = world
  }

  /** Claims the step and runs it. If it fails before its commit, the claim is released. */
  *run(
    request: StepRequest,
    work: (claimed: ClaimedStep) => Work<AuthenticateAnswer>,
  ): Work<AuthenticateAnswer> {
    const { idHash } = request
    const owner = `${this.#world.serverId}:${++this.#count}`
    const claimed = yield* this.#claim(request, owner)
    if ('status' in claimed) return claimed
    const running = this.#begin(idHash, owner)
    try {
      if (!isUnderWay(claimed.session, this.#world.now())) throw timedOut()
      return yield* work({ stored: claimed.session, owner, ...openStep(this.#world, claimed) })
    } catch (error) {
      // The lease ends a claim that can't be released. Its failure must not replace the reason.
      yield* waitFor(this.#world.steps.release(idHash, owner).catch(() => undefined))
      throw error
    } finally {
      if (this.#running.get(idHash) === running) this.#running.delete(idHash)
      running.over?.resolve()
    }
  }

  /** @returns the claimed session, or the stored response if this request was handled before. */
  *#claim(request: StepRequest, owner: string): Work<Claimed | AuthenticateAnswer> {
    const { idHash, step } = request
    const giveUpAt = this.#world.now() + busyMs
    for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
      // Before the claim: a step that stood still longer than its lease still runs.
      while (this.#running.has(idHash)) yield* waitFor(this.#endOf(idHash))
      const now = this.#world.now()
      const claim = yield* waitFor(this.#world.steps.claim(idHash, step, owner, now, now + leaseMs))
      switch (claim.kind) {
        case 'claimed':
          return claim
        case 'unknown':
          throw timedOut()
        case 'moved':
          return this.#repeatAnswer(claim.session, request)
        case 'busy':
          if (now > giveUpAt) throw new OperationError('the same step is still running')
          yield* waitFor(pause(pauseMs))
      }
    }
  }

  #repeatAnswer(stored: StoredJourneySession, { step, requestHash }: StepRequest): AuthenticateAnswer {
    // rule R4: otherwise an answered step gives its answer to any later request
    const isSame = stored.step === step + 1 && requestHash !== undefined && requestHash === stored.lastRequest
    const answer = isSame ? this.#answerIn(stored) : undefined
    if (answer !== undefined) return answer
    if (stored.expiresAt <= this.#world.now()) throw timedOut()
    throw new RequestError(401, 'This step was answered before: only the newest authId continues')
  }

  #answerIn({ body, lastAnswer }: StoredJourneySession): AuthenticateAnswer | undefined {
    const { sealer } = this.#world
    if (lastAnswer === undefined) return readAnswer(sealer.open(body))
    return answerSchema.parse(JSON.parse(sealer.open(lastAnswer)))
  }

  #begin(idHash: string, owner: string): Running {
    const running: Running = { owner, over: undefined }
    this.#running.set(idHash, running)
    this.#renewal ??= setInterval(() => this.#renew(), renewEveryMs).unref()
    return running
  }

  /** Undefined if this process runs no step of the journey session. */
  #endOf(idHash: string): Promise<void> | undefined {
    const running = this.#running.get(idHash)
    if (running === undefined) return undefined
    running.over ??= Promise.withResolvers()
    return running.over.promise
  }

  /** A failed renewal is ignored: the next one succeeds, or the commit notices the lost claim. */
  #renew(): void {
    if (this.#running.size === 0) {
      clearInterval(this.#renewal)
      this.#renewal = undefined
    }
    const until = this.#world.now() + leaseMs
    for (const [idHash, { owner }] of this.#running) {
      this.#world.steps.renew(idHash, owner, until).catch(() => undefined)
    }
  }
}
