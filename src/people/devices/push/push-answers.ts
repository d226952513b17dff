import { z } from 'zod'
import type { WaitingEntry } from '../../../audit/audit-store.ts'
import type { JsonObject } from '../../../base/json.ts'
import type { Limits } from '../../../limits/limits.ts'
import type { PushAddress } from '../../../outbox/gateways/push-sns.ts'
import { digest, isSameSecret } from '../../../secrets/digest.ts'
import type { Sealer } from '../../../secrets/seal.ts'
import { type Push, type PushAnswer, type PushKind, type PushSecret, pushSecretSchema } from './push.ts'
import { responseTo, signedByApp } from './push-jwt.ts'
import { denials, registrations, wrongNumbers } from './push-limits.ts'
import type { AnswerEffects, PushStore } from './push-store.ts'

type Parts = {
  store: Pick<PushStore, 'read' | 'answer'>
  sealer: Sealer
  limits: Pick<Limits, 'take'>
  /** Registers a device at the realm's push gateway. */
  enrol(realm: string, device: PushAddress): Promise<string | undefined>
  now(): number
}

/** Why a push was denied: the person declined it, or chose a wrong number. */
export type PushRefusal = 'denied' | 'wrongNumber'

type Meaning = { to: 'approved' | 'denied'; answer: PushAnswer; refusal?: PushRefusal }

/** What an app says about its device. */
const registrationSchema = z.looseObject({
  /** The platform’s token. Gateways get it, so that it must not be able to change a path. */
  deviceId: z
    .string()
    .max(4096)
    .regex(/^[\w:.=+/-]+$/)
    .refine((token) => !token.split('/').some((part) => part === '.' || part === '..')),
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

  /**
   * @param entryOf the audit entry of a denied sign-in, which is saved with the answer
   * @returns the answer and the number of audit entries; undefined for an answer that doesn't count, whatever the reason
   */
  async take(
    realm: string,
    kind: PushKind,
    { messageId, jwt }: { messageId: string; jwt: string },
    entryOf: (push: Push, refusal: PushRefusal) => Promise<WaitingEntry>,
  ): Promise<{ to: 'approved' | 'denied'; auditEntries: number } | undefined> {
    const { store, sealer, now } = this.#parts
    const push = await store.read(digest(messageId))
    // rule S58: otherwise a push is answered in another realm, or the answer to a registration answers a sign-in
    if (push?.realm !== realm || push.kind !== kind) return undefined
    if (push.state !== 'waiting' || push.expiresAt <= now()) return undefined
    const secret = pushSecretSchema.parse(JSON.parse(sealer.open(push.body)))
    const claims = await answerIn(jwt, secret)
    if (claims === undefined) return undefined
    const meaning = await this.#meaningOf(push, secret, claims)
    if (meaning === undefined) return undefined
    const { to, answer, refusal } = meaning
    const entries = refusal === undefined ? [] : [await entryOf(push, refusal)]
    const effects = { ...effectsOf(push, refusal), auditEntries: entries }
    const sealed = sealer.seal(JSON.stringify(answer))
    if (!(await store.answer(push.idHash, to, sealed, now(), effects))) return undefined
    return { to, auditEntries: entries.length }
  }

  async #meaningOf(push: Push, { number }: PushSecret, claims: JsonObject): Promise<Meaning | undefined> {
    const { response: _proof, ...kept } = claims
    if (push.kind === 'register') return this.#registration(push, kept)
    const answer: PushAnswer = { claims: kept }
    // rule S58: otherwise a denial approves
    if (isDenied(claims)) return { to: 'denied', answer, refusal: 'denied' }
    if (number === undefined) return { to: 'approved', answer }
    const chosen = chosenNumber(claims)
    // rule S58: otherwise a wrong number approves
    if (chosen === number) return { to: 'approved', answer }
    // An app that doesn't know numbers guesses nothing.
    return { to: 'denied', answer, refusal: chosen === '' ? 'denied' : 'wrongNumber' }
  }

  async #registration({ realm, idHash }: Push, claims: JsonObject): Promise<Meaning | undefined> {
    if (isDenied(claims)) return { to: 'denied', answer: { claims } }
    const device = registrationSchema.safeParse(claims).data
    if (device === undefined) return undefined
    const taken = await this.#parts.limits.take(registrations(idHash))
    // rule S56: otherwise a code for a registration asks the push gateway any number of times
    if (taken.kind === 'full') return undefined
    const communicationId = await this.#parts.enrol(realm, device)
    return communicationId === undefined ? undefined : { to: 'approved', answer: { claims, communicationId } }
  }
}

/** What a denied sign-in counts towards. */
function effectsOf(
  { realm, personId }: Push,
  refusal: PushRefusal | undefined,
): Omit<AnswerEffects, 'auditEntries'> {
  if (refusal === undefined) return { limits: [] }
  if (refusal === 'denied') return { limits: [denials(realm, personId)] }
  // Without this, each of the other numbers on the telephone were another guess.
  return {
    limits: [wrongNumbers(realm, personId)],
    // rule S56: otherwise after a wrong number, the other notifications of the person can be guessed
    deniesOthersOf: { realm, personId },
  }
}

/** The claims of an answer to this challenge, signed with the key of the device. */
async function answerIn(jwt: string, { secret, challenge }: PushSecret): Promise<JsonObject | undefined> {
  const claims = await signedByApp(jwt, secret)
  if (claims === undefined || JSON.stringify(claims).length > maxClaims) return undefined
  const { response } = claims
  if (typeof response !== 'string') return undefined
  // rule S58: otherwise any signed text answers, without the response to the challenge
  return isSameSecret(response, responseTo(challenge, secret)) ? claims : undefined
}

/** Any `deny` but false. */
function isDenied({ deny }: JsonObject): boolean {
  return deny !== undefined && deny !== null && deny !== false
}

/** Apps send the number as text. Empty if the answer has none. */
function chosenNumber({ challengeResponse }: JsonObject): string {
  return String(challengeResponse ?? '')
}
