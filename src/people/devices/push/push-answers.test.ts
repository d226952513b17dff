import { beforeEach, expect, test } from 'vitest'
import { digest } from '../../../secrets/digest.ts'
import type { Push, PushKind } from './push.ts'
import { PushAnswers } from './push-answers.ts'
import { responseTo, signedForApp } from './push-jwt.ts'

const secret = Buffer.alloc(32, 7).toString('base64')
const challenge = Buffer.alloc(32, 9).toString('base64')
const messageId = 'AUTHENTICATE:1'

let push: Push
let answered: string[]

beforeEach(() => {
  answered = []
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
    answer: async (_id, to) => answered.push(to) > 0,
    deleteExpiredBefore: async () => 0,
  },
  sealer: { seal: (text) => text, open: (text) => text },
  limits: { take: async () => ({ kind: 'taken', isLast: false, count: 1 }), giveBack: async () => undefined },
  enrol: async () => 'address',
  now: () => 500,
})

async function take(
  claims: object = {},
  { realm = '/alpha', kind = 'authenticate' as PushKind, id = messageId } = {},
) {
  const jwt = await signedForApp({ response: responseTo(challenge, secret), ...claims }, secret)
  return (await answers.take(realm, kind, { messageId: id, jwt }))?.to
}

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
  const device = { deviceId: 'd', deviceType: 'ios', communicationType: 'apns', mechanismUid: 'm' }
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
])('compares the chosen number %j', async (challengeResponse, expected) => {
  push = { ...push, body: JSON.stringify({ secret, challenge, number: '42' }) }
  expect(await take({ challengeResponse })).toBe(expected)
})
