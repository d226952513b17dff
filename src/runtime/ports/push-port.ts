import { defined } from '../../base/defined.ts'
import type { Limit } from '../../limits/limit.ts'
import { sourceOf } from '../../limits/source.ts'
import type { PushPort, PushQuestion } from '../../nodes/ports/push-port.ts'
import { type PushNotification, pushAddressOf } from '../../outbox/gateways/push-sns.ts'
import {
  type PushChange,
  type PushKind,
  type PushSecret,
  pushAnswerSchema,
  pushSecretSchema,
} from '../../people/devices/push/push.ts'
import { signedForApp } from '../../people/devices/push/push-jwt.ts'
import {
  denials,
  pushesOfAddress,
  pushesOfPerson,
  wrongNumbers,
} from '../../people/devices/push/push-limits.ts'
import { realmPath } from '../../realms/links.ts'
import { digest } from '../../secrets/digest.ts'
import type { RunContext } from '../run-context.ts'

/** Questions to authenticator apps. The commit saves them, guards their limits, and then their messages are sent. */
export function pushPort(run: RunContext): PushPort {
  const { step, effects } = run
  const { path: realm, settings } = step.request.realm
  const base = `${step.request.view.callersUrl}/json${realmPath(realm)}/push/sns/message?_action=`
  return {
    addresses: { register: `${base}register`, authenticate: `${base}authenticate` },

    async ask(question) {
      const gateway = settings.messaging.push
      if (gateway === null) return 'noGateway'
      const to = pushAddressOf(gateway, question.device)
      if (to === undefined) return 'noAddress'
      if (!(await isCounted(run, question))) return 'tooMany'
      const { number, numbers } = question.type === 'challenge' ? numbersFor(run) : noNumbers
      const { personId, device, lifeMs } = question
      const challenge = newSecret(run)
      const secret = { secret: device.secret, challenge, ...defined({ number }) }
      const messageId = open(run, 'authenticate', personId, lifeMs, secret)
      const claims = claimsFor(question, { challenge, numbers, now: step.now })
      const notification: PushNotification = {
        messageId,
        message: await signedForApp(claims, device.secret),
        text: question.text,
        pushType: question.type,
        communicationType: device.communicationType,
        deviceId: device.deviceId,
      }
      effects.messages.push({
        realm,
        channel: 'push',
        to,
        text: JSON.stringify(notification),
        locale: step.request.view.messageLocales[0] ?? 'en',
        baseUrl: step.request.view.callersUrl,
        expiresAt: step.now + lifeMs,
      })
      return { messageId, number }
    },

    expect(personId, secret, lifeMs) {
      if (settings.messaging.push === null) return undefined
      const challenge = newSecret(run)
      return { messageId: open(run, 'register', personId, lifeMs, { secret, challenge }), challenge }
    },

    take: (kind, messageId, personId) => take(run, kind, messageId, personId),
  }
}

/** 32 random bytes, base64. */
function newSecret({ world }: RunContext): string {
  return Buffer.from(world.random.hex(64), 'hex').toString('base64')
}

/** @returns the id of the message, in the vendor's form: 128 random bits and the time. */
function open(run: RunContext, kind: PushKind, personId: string, lifeMs: number, secret: PushSecret): string {
  const { world, step, effects } = run
  const random = world.random.hex(32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  const messageId = `${kind.toUpperCase()}:${random}${step.now}`
  const push = {
    idHash: digest(messageId),
    realm: step.request.realm.path,
    kind,
    state: 'waiting',
    personId,
    journeySession: step.stored.idHash,
    body: world.pushSealer.seal(JSON.stringify(secret)),
    createdAt: step.now,
    expiresAt: step.now + lifeMs,
  } as const
  const { maxOpenPushesPerPerson: maxOpen } = step.request.realm.settings.messaging
  effects.pushes.push({ kind: 'ask', push, ...(kind === 'authenticate' ? { maxOpen } : {}) })
  return messageId
}

const noNumbers = { number: undefined, numbers: undefined }

/** Three different numbers of two digits in ascending order, as in AM, and the one that the page shows. */
function numbersFor({ world: { random } }: RunContext): { number: string; numbers: string } {
  const below = (max: number) => Number(random.digits(9)) % max
  const all = new Set<number>()
  while (all.size < 3) all.add(10 + below(90))
  const sorted = [...all].toSorted((one, other) => one - other)
  return { number: String(sorted[below(3)]), numbers: sorted.join(',') }
}

/** The members of a notification, by the names that the vendor's apps read. All are texts. */
function claimsFor(
  { device, type, text, lifeMs, payload, context }: PushQuestion,
  { challenge, numbers, now }: { challenge: string; numbers: string | undefined; now: number },
) {
  return {
    u: device.mechanismUid,
    l: Buffer.from('amlbcookie=01').toString('base64'),
    c: challenge,
    m: text,
    k: type,
    i: String(now),
    t: String(Math.floor(lifeMs / 1000)),
    ...defined({ n: numbers, p: payload, x: context }),
  }
}

/** @returns false if a limit is used up. */
async function isCounted({ world, step, effects }: RunContext, { personId }: PushQuestion): Promise<boolean> {
  const { path: realm, settings } = step.request.realm
  const { maxOpenPushesPerPerson, maxPushesPerPerson, maxPushesPerAddress } = settings.messaging
  const counted: Limit[] = [
    // rule S56: otherwise a person gets any number of notifications in an hour
    pushesOfPerson(realm, personId, maxPushesPerPerson),
    // rule S56: otherwise an address causes any number of notifications
    pushesOfAddress(realm, sourceOf(step.request.view.clientIp), maxPushesPerAddress),
  ]
  const isOpen = (change: PushChange) => change.kind === 'ask' && change.push.kind === 'authenticate'
  const open = await world.pushes.countOpen(realm, personId, step.now)
  // rule S56: otherwise a person gets any number of open notifications
  if (open + effects.pushes.filter(isOpen).length >= maxOpenPushesPerPerson) return false
  // rule S56: otherwise a person who denied, or chose a wrong number, is asked again and again
  const lost = [denials(realm, personId), wrongNumbers(realm, personId)]
  for (const limit of [...lost, ...counted]) {
    if ((await world.limits.wait(limit)) !== undefined) return false
  }
  effects.counts.push(...counted.filter(({ max }) => max > 0))
  return true
}

async function take(
  { world, step, effects }: RunContext,
  kind: PushKind,
  messageId: string,
  personId: string,
): ReturnType<PushPort['take']> {
  const push = await world.pushes.read(digest(messageId))
  // rule S58: otherwise a journey uses the approval of another one, or the approval of one person signs in another
  const isOwn =
    push !== undefined &&
    push.realm === step.request.realm.path &&
    push.journeySession === step.stored.idHash &&
    push.personId === personId &&
    push.kind === kind
  if (!isOwn || push.state === 'used') return { kind: 'expired' }
  if (push.state === 'waiting') return { kind: push.expiresAt > step.now ? 'waiting' : 'expired' }
  if (push.state === 'denied') return { kind: 'denied' }
  const { number } = pushSecretSchema.parse(JSON.parse(world.pushSealer.open(push.body)))
  const { claims, communicationId } = pushAnswerSchema.parse(
    JSON.parse(world.pushSealer.open(push.answer ?? '')),
  )
  effects.pushes.push({ kind: 'use', idHash: push.idHash })
  return { kind: 'approved', isMatched: number !== undefined, claims, communicationId }
}
