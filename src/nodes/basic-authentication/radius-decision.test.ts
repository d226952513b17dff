import { expect, test } from 'vitest'
import { outcomeOf, runNode } from '../../../test/support/run-node.ts'
import type { JsonObject } from '../../base/json.ts'
import type { RadiusPort, RadiusVerdict } from '../ports/outside-ports.ts'
import type { IdentityPort } from '../ports/ports.ts'
import { radiusDecision } from './radius-decision.ts'

type Asked = Parameters<RadiusPort['check']>

const usual = { primaryServers: ['one'], secondaryServers: ['two:1645'], sharedSecretPurpose: 'branch.a' }

async function decide(
  verdict: RadiusVerdict | Error,
  {
    config = {} as JsonObject,
    transient = { password: 'open-sesame' } as JsonObject,
    username = 'kim',
    isLocked = false,
  } = {},
) {
  const asked: Asked[] = []
  const labels: string[] = []
  const ran = await runNode(radiusDecision, {
    config: { ...usual, ...config },
    shared: username === '' ? {} : { username },
    transient,
    ports: {
      radius: {
        async check(...asking) {
          asked.push(asking)
          if (verdict instanceof Error) throw verdict
          return verdict
        },
      },
      web: {
        send: () => Promise.reject(new Error('no calls')),
        secret(label) {
          labels.push(label)
          return label === 'am.authentication.nodes.radius.branch.a.secret' ? 'shared' : undefined
        },
      },
      identities: {
        find: async () => ({ _id: 'kim-id', userName: 'kim' }),
        isLocked: async () => isLocked,
      } as Partial<IdentityPort> as IdentityPort,
    },
  })
  return { ...ran, asked, labels }
}

test('asks primary servers before secondary ones, with the secret of its label', async () => {
  const { action, asked } = await decide({ kind: 'right' })
  expect(action).toMatchObject({ outcome: 'TRUE', identified: { kind: 'user', name: 'kim' } })
  expect(asked).toEqual([
    [
      { servers: ['one', 'two:1645'], secret: 'shared', timeoutSeconds: 5, retryAfterMinutes: 5 },
      { username: 'kim', password: 'open-sesame', challenge: undefined },
    ],
  ])
})

test('takes False for a rejected password', async () => {
  const { action, state } = await decide({ kind: 'wrong' })
  expect(action).toMatchObject({ outcome: 'FALSE', errorMessage: 'Login failure' })
  expect(state.transient).not.toHaveProperty('radiusChallenge')
})

test.each([
  ['', { password: 'x' }],
  ['kim', {}],
  ['kim', { password: ' ' }],
])('takes False without asking for the name %j and %j', async (username, transient) => {
  const ran = await decide({ kind: 'right' }, { username, transient })
  expect([outcomeOf(ran.action), ran.asked]).toEqual(['FALSE', []])
})

const challenge = { octets: 'c3Q=', replyMessage: 'Code?', server: 'two:1645', userName: 'kim' }

test('keeps a challenge in transient state', async () => {
  const verdict = { kind: 'challenge', server: 'two:1645', state: 'c3Q=', message: 'Code?' } as const
  const { action, state } = await decide(verdict)
  expect(outcomeOf(action)).toBe('CHALLENGE')
  expect(state.transient.radiusChallenge).toEqual(challenge)
})

test('sends the answer to a challenge in place of the password, and forgets it', async () => {
  const answered = { ...challenge, response: '123456' }
  const { action, asked, state } = await decide(
    { kind: 'right' },
    { transient: { password: 'open-sesame', radiusChallenge: answered } },
  )
  expect(outcomeOf(action)).toBe('TRUE')
  expect(asked[0]?.[1]).toEqual({
    username: 'kim',
    password: '123456',
    challenge: { server: 'two:1645', state: 'c3Q=' },
  })
  expect(state.transient).not.toHaveProperty('radiusChallenge')
})

test('sends an empty answer to a challenge, and never an empty password', async () => {
  const radiusChallenge = { ...challenge, response: '' }
  const { asked } = await decide({ kind: 'wrong' }, { transient: { password: 'mine', radiusChallenge } })
  expect(asked[0]?.[1]).toMatchObject({ password: '', challenge: { server: 'two:1645' } })
})

test.each([
  ['of another person', { ...challenge, userName: 'alex', response: '123456' }],
  ['that nobody answered', challenge],
  ['of another form', { response: '123456' }],
])('a challenge %s counts for nothing', async (_what, radiusChallenge) => {
  const { asked } = await decide({ kind: 'wrong' }, { transient: { password: 'mine', radiusChallenge } })
  expect(asked[0]?.[1]).toEqual({ username: 'kim', password: 'mine', challenge: undefined })
})

test.each([
  [true, true, 'LOCKED', 0],
  [true, false, 'TRUE', 1],
  [false, true, 'TRUE', 1],
])(
  'with checkForLockout %j and a locked account %j',
  async (checkForLockout, isLocked, outcome, questions) => {
    const { action, asked } = await decide({ kind: 'right' }, { config: { checkForLockout }, isLocked })
    expect([outcomeOf(action), asked.length]).toEqual([outcome, questions])
  },
)

test.each(['other', '', null, 'branch.a.', '../branch.a', 'a_b'])(
  'fails without a secret for the identifier %j',
  async (sharedSecretPurpose) => {
    const { action, asked } = await decide({ kind: 'right' }, { config: { sharedSecretPurpose } })
    expect(action).toMatchObject({ kind: 'error', message: 'No RADIUS shared secret found' })
    expect(asked).toEqual([])
  },
)

test('fails if no server answers, and only the log says why', async () => {
  const { action, log } = await decide(new Error('one: no answer came'))
  expect(action).toMatchObject({ kind: 'error', message: 'Server error' })
  expect(log).toEqual([{ level: 'error', message: 'no RADIUS server answered' }])
})

test('takes ten servers of each kind', () => {
  const parse = (count: number) =>
    radiusDecision.config.safeParse({ ...usual, secondaryServers: Array(count).fill('one') }).success
  expect([parse(10), parse(11)]).toEqual([true, false])
})

test.each([0, 61, 'x'])('refuses the timeout %j', (timeout) => {
  expect(radiusDecision.config.safeParse({ ...usual, timeout }).success).toBe(false)
})
