import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { cookieSchema } from '../engine/cookie.ts'
import { jsonObjectSchema } from '../engine/json.ts'
import { OperationError, RequestError } from '../errors.ts'
import { type AuthenticateAnswer, timedOut } from './authenticate-request.ts'
import { isUnderWay, type StoredJourneySession } from './step-store.ts'
import type { World } from './world.ts'

/** How long a step stays claimed after its server stopped. Renewed while the step runs. */
const leaseMs = 6_000
const renewEveryMs = 2_000

/** How long a request waits while another server runs the same step. */
const busyMs = 15_000
const busyPauseMs = 50

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

/** Ensures that each step runs once, on one server, and that a repeated request gets the response of the first. */
export class Claims {
  readonly #world: World
  /** Steps that this process is running, by journey session. Repeated requests wait for the first. */
  readonly #running = new Map<string, Promise<unknown>>()
  /** Number of the last claim, which makes the names of claims unique. */
  #count = 0

  constructor(world: World) {
    this.#world = world
  }

  /** Claims the step and runs it. If it fails before its commit, the claim is released. */
  async run(
    request: StepRequest,
    work: (stored: StoredJourneySession, owner: string) => Promise<AuthenticateAnswer>,
  ): Promise<AuthenticateAnswer> {
    const { idHash } = request
    const owner = `${this.#world.serverId}:${++this.#count}`
    const claimed = await this.#claim(request, owner)
    if ('status' in claimed) return claimed
    this.#world.unanswered.remove(idHash)
    const running = this.#runClaimed(claimed, owner, work)
    this.#running.set(idHash, running)
    try {
      return await running
    } finally {
      if (this.#running.get(idHash) === running) this.#running.delete(idHash)
    }
  }

  /** @returns the claimed session, or the stored response if this request was handled before. */
  async #claim(request: StepRequest, owner: string): Promise<StoredJourneySession | AuthenticateAnswer> {
    const { idHash, step } = request
    const giveUpAt = this.#world.now() + busyMs
    for (;;) {
      const now = this.#world.now()
      const claim = await this.#world.steps.claim(idHash, step, owner, now, now + leaseMs)
      switch (claim.kind) {
        case 'claimed':
          return claim.session
        case 'unknown':
          throw timedOut()
        case 'moved':
          return this.#repeatAnswer(claim.session, request)
        case 'busy':
          if (now > giveUpAt) throw new OperationError('the same step is still running')
          await (this.#running.get(idHash)?.catch(() => undefined) ?? pause(busyPauseMs))
      }
    }
  }

  #repeatAnswer(stored: StoredJourneySession, { step, requestHash }: StepRequest): AuthenticateAnswer {
    const { lastAnswer, lastRequest } = stored
    const isSame = stored.step === step + 1 && requestHash !== undefined && requestHash === lastRequest
    if (isSame && lastAnswer !== undefined) {
      return answerSchema.parse(JSON.parse(this.#world.sealer.open(lastAnswer)))
    }
    if (stored.expiresAt <= this.#world.now()) throw timedOut()
    throw new RequestError(401, 'This step was answered before: only the newest authId continues')
  }

  async #runClaimed(
    stored: StoredJourneySession,
    owner: string,
    work: (stored: StoredJourneySession, owner: string) => Promise<AuthenticateAnswer>,
  ): Promise<AuthenticateAnswer> {
    const renewal = setInterval(() => this.#renew(stored.idHash, owner), renewEveryMs)
    try {
      if (!isUnderWay(stored, this.#world.now())) throw timedOut()
      return await work(stored, owner)
    } catch (error) {
      await this.#world.steps.release(stored.idHash, owner)
      throw error
    } finally {
      clearInterval(renewal)
    }
  }

  /** A failed renewal is ignored: the next one succeeds, or the commit notices the lost claim. */
  #renew(idHash: string, owner: string): void {
    const until = this.#world.now() + leaseMs
    this.#world.steps.renew(idHash, owner, until).catch(() => undefined)
  }
}
