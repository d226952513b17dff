import { z } from 'zod'
import type { JsonObject } from '../../../engine/json.ts'
import type { Limits } from '../../../limits/limits.ts'
import type { PushAddress } from '../../../outbox/gateways/push-sns.ts'
import { digest, isSameSecret } from '../../../secrets/digest.ts'
import type { Sealer } from '../../../secrets/seal.ts'
import { type Push, type PushAnswer, type PushKind, type PushSecret, pushSecretSchema } from './push.ts'
import { responseTo, signedByApp } from './push-jwt.ts'
import { denials, openPushes } from './push-limits.ts'
import type { PushStore } from './push-store.ts'

type Parts = {
  store: PushStore
  sealer: Sealer
  limits: Pick<Limits, 'take' | 'giveBack'>
  /** Registers a device at the realm's push gateway. */
  enrol(realm: string, device: PushAddress): Promise<string | undefined>
  now(): number
}

/** What an app says about its device. */
const registrationSchema = z.looseObject({
  deviceId: z.string().min(1).max(4096),
  deviceType: z.string().max(100),
  communicationType: z.enum(['apns', 'gcm']),
  mechanismUid: z.string().min(1).max(100),
})

/** Longer answers are not kept. */
const maxClaims = 8000

/** Takes the answers of authenticator apps. Each is checked with the key that only the app and this server have. */
export class PushAnswers {
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** @returns the push as it was, and the answer; undefined for an answer that doesn't count, whatever the reason. */
  async take(
    realm: string,
    kind: PushKind,
    { messageId, jwt }: { messageId: string; jwt: string },
  ): Promise<{ push: Push; to: 'approved' | 'denied' } | undefined> {
    const { store, sealer, now } = this.#parts
    const push = await store.read(digest(messageId))
    if (push?.realm !== realm || push.kind !== kind) return undefined
    if (push.state !== 'waiting' || push.expiresAt <= now()) return undefined
    const secret = pushSecretSchema.parse(JSON.parse(sealer.open(push.body)))
    const claims = await answerIn(jwt, secret)
    if (claims === undefined) return undefined
    const { to, answer } = await this.#meaningOf(push, secret, claims)
    if (answer === undefined) return undefined
    const sealed = sealer.seal(JSON.stringify(answer))
    if (!(await store.answer(push.idHash, to, sealed, now()))) return undefined
    await this.#count(push, to)
    return { push, to }
  }

  async #meaningOf({ realm, kind }: Push, { number }: PushSecret, claims: JsonObject) {
    const { response: _proof, ...kept } = claims
    const answer: PushAnswer = { claims: kept }
    if (isDenied(claims) || !isNumber(number, claims)) return { to: 'denied', answer } as const
    if (kind === 'authenticate') return { to: 'approved', answer } as const
    const device = registrationSchema.safeParse(kept).data
    const communicationId = device && (await this.#parts.enrol(realm, device))
    if (communicationId === undefined) return { to: 'denied', answer: undefined } as const
    return { to: 'approved', answer: { ...answer, communicationId } } as const
  }

  async #count({ realm, kind, personId }: Push, to: 'approved' | 'denied'): Promise<void> {
    if (kind === 'register') return
    const { limits } = this.#parts
    if (to === 'denied') await limits.take(denials(realm, personId))
    else await limits.giveBack(openPushes(realm, personId, 1, 0))
  }
}

/** The claims of an answer to this challenge, signed with the key of the device. */
async function answerIn(jwt: string, { secret, challenge }: PushSecret): Promise<JsonObject | undefined> {
  const claims = await signedByApp(jwt, secret)
  if (claims === undefined || JSON.stringify(claims).length > maxClaims) return undefined
  const { response } = claims
  if (typeof response !== 'string') return undefined
  return isSameSecret(response, responseTo(challenge, secret)) ? claims : undefined
}

/** Any `deny` but false. */
function isDenied({ deny }: JsonObject): boolean {
  return deny !== undefined && deny !== null && deny !== false
}

/** Apps send the number as text. Without a number to choose, none is needed. */
function isNumber(number: string | undefined, { challengeResponse }: JsonObject): boolean {
  return number === undefined || String(challengeResponse ?? '') === number
}
