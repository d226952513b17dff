import { answerPush } from '../../../contract/push.ts'
import type { JsonObject } from '../../base/json.ts'
import { pushKeys } from '../../nodes/multi-factor/push-device.ts'
import { pushSecretSchema } from '../../people/devices/push/push.ts'
import { responseTo, signedForApp } from '../../people/devices/push/push-jwt.ts'
import { AuthIds } from '../../runtime/auth-id.ts'
import { readRun, type SavedRun } from '../../runtime/saved-run.ts'
import { digest } from '../../secrets/digest.ts'
import type { OpenApp } from '../../server/app.ts'
import type { Send } from '../client/journey-client.ts'

/** How the person of a page answers on their phone. `approves` also chooses the number of the page, and registers an app. */
export type PhoneAnswer = 'approves' | 'denies'

/** A gateway that reaches test phones. Nothing listens there, because a test phone needs no notification. */
export const testGateway = {
  push: { provider: 'http', url: 'https://push.test/' },
} as const satisfies JsonObject

/** Whether the journeys of these nodes ask authenticator apps. */
export function asksPhones(nodes: readonly { type: string }[]): boolean {
  return nodes.some(({ type }) => /^Push|^CombinedMultiFactor/.test(type))
}

/** Id of the message that a journey waits for. */
export function messageIdOf({ session }: SavedRun): string | undefined {
  const id = session.shared[pushKeys.messageId]
  return typeof id === 'string' ? id : undefined
}

type Phone = { parts: OpenApp['parts']; send: Send /** Path of the realm's API. */; path: string }

/**
 * Answers what the journey of a page asks an authenticator app, as the app does.
 * @returns the status of the answer; undefined if the journey waits for no app
 */
export async function answerOnPhone(
  { parts, send, path }: Phone,
  authId: string,
  answer: PhoneAnswer,
): Promise<number | undefined> {
  const read = new AuthIds(() => parts.keyRing.keys('auth-ids')).read(authId)
  if (read.kind !== 'valid') return undefined
  const session = await parts.steps.read(digest(read.claims.sessionId))
  const messageId = session && messageIdOf(readRun(parts.sealer.open(session.body)))
  const push = messageId && (await parts.stores.pushes.read(digest(messageId)))
  if (!push) return undefined
  const opened = parts.keyRing.sealer('pushes').open(push.body)
  const { secret, challenge, number } = pushSecretSchema.parse(JSON.parse(opened))
  const claims = {
    response: responseTo(challenge, secret),
    ...(answer === 'denies' ? { deny: true } : {}),
    ...(number === undefined ? {} : { challengeResponse: number }),
    ...(push.kind === 'register' ? device : {}),
  }
  const { status } = await send({
    method: 'POST',
    path: `${path}/${answerPush.path}?_action=${push.kind}`,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ messageId, jwt: await signedForApp(claims, secret) }),
  })
  return status
}

/** What the app of a test phone says about its device. */
const device = {
  deviceId: 'test-phone',
  deviceType: 'android',
  communicationType: 'gcm',
  mechanismUid: 'test-phone',
  deviceName: 'Test phone',
}
