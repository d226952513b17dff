import { beforeEach, expect, test } from 'vitest'
import { digest } from '../../../secrets/digest.ts'
import type { Push, PushKind } from './push.ts'
import { PushAnswers, type PushRefusal } from './push-answers.ts'
import { responseTo, signedForApp } from './push-jwt.ts'
import type { AnswerEffects } from './push-store.ts'

const secret = Buffer.alloc(32, 7).toString('base64')
const challenge = Buffer.alloc(32, 9).toString('base64')
const messageId = 'AUTHENTICATE:1'

let push: Push
let answered: string[]
let effects: AnswerEffects | undefined
let enrolled: string[]
let attempts = 0

beforeEach(() => {
  answered = []
  effects = undefined
  enrolled = []
  attempts = 0
  push = {
    idHash: digest(messageId),
    realm: '/alpha',
    kind: 'authenticate',
    state: 'waiting',
    personId: 'alex',
    journeySession: 'journey',
    body: JSON.stringify({ secret, challenge }),
    createdAt: 0,
    expiresAt: 1000,
  }
})

const answers = new PushAnswers({
  store: {
    read: async (idHash) => (idHash === push.idHash ? push : undefined),
    async answer(_id, to, _answer, _now, along) {
      effects = along
      return answered.push(to) > 0
    },
  },
  sealer: { seal: (text) => text, open: (text) => text },
  limits: {
    take: async ({ max }) =>
      ++attempts > max ? { kind: 'full', waitMs: 1 } : { kind: 'taken', isLast: false, count: attempts },
  },
  async enrol(_realm, { deviceId }) {
    enrolled.push(deviceId)
    return deviceId === 'refused' ? undefined : 'address'
  },
  now: () => 500,
})

async function take(
  claims: object = {},
  { realm = '/alpha', kind = 'authenticate' as PushKind, id = messageId } = {},
) {
  const jwt = await signedForApp({ response: responseTo(challenge, secret), ...claims }, secret)
  return (await answers.take(realm, kind, { messageId: id, jwt }, entryOf))?.to
}

const entryOf = async (_push: Push, refusal: PushRefusal) => ({
  id: refusal,
  content: '{}',
  isOpen: false,
  savedAt: 500,
})

const counted = () => effects?.limits.map(({ key }) => key.replace('/alpha ', ''))
const recorded = () => effects?.auditEntries.map(({ id }) => id)
const device = { deviceId: 'd', deviceType: 'ios', communicationType: 'apns', mechanismUid: 'm' }

test('takes an approval, and a denial in every form but false', async () => {
  expect(await take()).toBe('approved')
  expect(await take({ deny: false })).toBe('approved')
  for (const deny of [true, 'true', 'false', 1, {}]) expect(await take({ deny })).toBe('denied')
})

test.each([
  ['of another realm', { realm: '/beta' }],
  ['of another kind', { kind: 'register' as const }],
  ['that nobody knows', { id: 'AUTHENTICATE:2' }],
])('takes no answer to a push %s', async (_case, where) => {
  expect(await take(device, where)).toBeUndefined()
  expect(answered).toEqual([])
})

test('takes no answer once the push has expired or has one', async () => {
  push = { ...push, expiresAt: 500 }
  expect(await take()).toBeUndefined()
  push = { ...push, expiresAt: 1000, state: 'denied' }
  expect(await take()).toBeUndefined()
})

test('takes no answer that is too long to keep', async () => {
  expect(await take({ more: 'x'.repeat(10_000) })).toBeUndefined()
})

test.each([
  ['42', 'approved'],
  [42, 'approved'],
  ['43', 'denied'],
  [undefined, 'denied'],
  [['42', '43'], 'denied'],
  ['', 'denied'],
])('compares the chosen number %j', async (challengeResponse, expected) => {
  push = { ...push, body: JSON.stringify({ secret, challenge, number: '42' }) }
  expect(await take({ challengeResponse })).toBe(expected)
})

test('saves with a denial that it counts and who was asked', async () => {
  await take({ deny: true })
  expect(counted()).toEqual(['denied pushes of alex'])
  expect(recorded()).toEqual(['denied'])
  expect(effects?.deniesOthersOf).toBeUndefined()
  answered = []
  await take()
  expect([counted(), recorded()]).toEqual([[], []])
})

test('saves with a wrong number that it was the only guess', async () => {
  push = { ...push, body: JSON.stringify({ secret, challenge, number: '42' }) }
  await take({ challengeResponse: '43' })
  expect(counted()).toEqual(['wrong numbers of alex'])
  expect(effects?.limits).toMatchObject([{ max: 1, windowMs: 3_600_000 }])
  expect(effects?.deniesOthersOf).toEqual({ realm: '/alpha', personId: 'alex' })
  expect(recorded()).toEqual(['wrongNumber'])
  await take()
  expect(counted()).toEqual(['denied pushes of alex'])
})

test('records nothing and counts nothing if a registration is refused', async () => {
  push = { ...push, kind: 'register' }
  expect(await take({ ...device, deny: true }, { kind: 'register' })).toBe('denied')
  expect([counted(), recorded()]).toEqual([[], []])
})

test('asks the gateway for a few addresses for one code', async () => {
  push = { ...push, kind: 'register' }
  for (let count = 0; count < 8; count++)
    expect(await take({ ...device, deviceId: 'refused' }, { kind: 'register' })).toBeUndefined()
  expect(enrolled).toHaveLength(5)
})

test.each(['.', '..', 'a/../b', '../a', 'a/.', 'a?b', 'a#b', 'a%2e', 'a b', 'a\n', ''])(
  'takes no device whose token is %j',
  async (deviceId) => {
    push = { ...push, kind: 'register' }
    expect(await take({ ...device, deviceId }, { kind: 'register' })).toBeUndefined()
    expect(enrolled).toEqual([])
  },
)

test.each(['fX3-_:APA91bH', 'a1b2c3d4', 'dG9rZW4+/w==', 'v1.2:x..y'])(
  'takes a device whose token is %j',
  async (deviceId) => {
    push = { ...push, kind: 'register' }
    expect(await take({ ...device, deviceId }, { kind: 'register' })).toBe('approved')
    expect(enrolled).toEqual([deviceId])
  },
)
