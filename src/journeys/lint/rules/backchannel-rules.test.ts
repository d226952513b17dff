import { describe, expect, test } from 'vitest'
import { complaints, type SampleJourney, type SampleRealm } from '../../../../test/support/lint-realm.ts'
import { failureId, successId } from '../../../engine/journey.ts'

const front = (flags: Partial<SampleJourney> = {}, config = {}): SampleJourney => ({
  nodes: {
    open: {
      type: 'BackChannelInitNode',
      config: { tree: 'Main', idType: 'USER', usernameKey: 'who', ...config },
      to: { created: successId },
    },
  },
  ...flags,
})
const enter = (tree: string, yes = successId) => ({
  type: 'InnerTreeEvaluatorNode',
  config: { tree },
  to: { true: yes, false: failureId },
})
const notify = {
  type: 'BackchannelNotificationNode',
  config: { dataKey: 'told' },
  to: { success: successId, error: failureId },
}
const check = { type: 'DataStoreDecisionNode', to: { true: successId, false: failureId } }
const ask = { type: 'UsernameCollectorNode', to: { outcome: successId } }

describe('a notification', () => {
  const rule = 'notification-without-transaction'

  test('needs a journey that a transaction starts', () => {
    expect(
      complaints(rule, { journeys: { Main: { nodes: { notify } } } }).map(({ nodeId }) => nodeId),
    ).toEqual(['notify'])
  })

  test('names the switch that resolves it, unless the journey runs inside another', () => {
    const switches = (journeys: Record<string, SampleJourney>) =>
      complaints(rule, { journeys }).map(({ turnOn }) => turnOn)
    expect(switches({ Main: { nodes: { notify } } })).toEqual(['transactionalOnly'])
    expect(switches({ Main: { nodes: { notify }, innerTreeOnly: true } })).toEqual([undefined])
    expect(switches({ Main: { nodes: { notify } }, Outer: { nodes: { in: enter('Main') } } })).toEqual([
      undefined,
    ])
  })

  test.each<[string, Record<string, SampleJourney>]>([
    ['Initialize names it', { Main: { nodes: { notify } }, Front: front() }],
    ['it is for transactions only', { Main: { nodes: { notify }, transactionalOnly: true } }],
    [
      'it is an inner journey of one that is',
      { Main: { nodes: { notify } }, Outer: { nodes: { in: enter('Main') }, transactionalOnly: true } },
    ],
  ])('is accepted when %s', (_when, journeys) => {
    expect(complaints(rule, { journeys })).toEqual([])
  })
})

describe('a check of the desk', () => {
  const main = { Main: { nodes: { ask } }, Other: { nodes: { ask } } }
  const said = (rule: string, desk: SampleRealm['desk'], journey = 'Main') =>
    complaints(rule, { journeys: main, desk }, journey).map(({ message }) => message)
  const offered = (asksCode: boolean, actionsWithoutCheck: string[] = []): SampleRealm['desk'] => ({
    checks: [
      { journey: 'Main', asksCode },
      { journey: 'Other', asksCode: true },
    ],
    actionsWithoutCheck,
  })

  test('needs a caller who types the code', () => {
    const rule = 'check-without-code'
    expect(said(rule, offered(false))).toEqual([
      'The caller types no code, so agents can’t use the result of this check.',
    ])
    expect(said(rule, offered(false), 'Other')).toEqual([])
    expect(said(rule, offered(true))).toEqual([])
    expect(said(rule, undefined)).toEqual([])
  })

  test('that is the first one names the actions for which none is enough', () => {
    const rule = 'action-without-check'
    const desk = offered(true, ['resetPassword', 'enrolPhone'])
    expect(said(rule, desk)).toEqual(['No check of the desk is enough for: resetPassword, enrolPhone.'])
    expect(said(rule, desk, 'Other')).toEqual([])
    expect(said(rule, offered(true))).toEqual([])
    expect(said(rule, undefined)).toEqual([])
  })
})

describe('a journey that a transaction starts', () => {
  const said = (nodes: SampleJourney['nodes'], more: Record<string, SampleJourney> = {}) =>
    complaints('backchannel-success-without-credential', {
      journeys: { Main: { nodes }, Front: front(), ...more },
    }).map(({ nodeId }) => nodeId)

  test('must check a credential before Success', () => {
    expect(said({ ask })).toEqual(['ask'])
    expect(said({ check })).toEqual([])
  })

  test('must not reach Success after a wrong credential', () => {
    expect(said({ check: { ...check, to: { true: successId, false: successId } } })).toEqual(['check'])
  })

  test('must do so on every path', () => {
    const level = {
      type: 'AuthLevelDecisionNode',
      config: { authLevelRequirement: 1 },
      to: { true: 'ask', false: 'check' },
    }
    expect(said({ level, ask, check })).toEqual(['ask'])
  })

  test('may check it on a page or in an inner journey', () => {
    expect(said({ page: { type: 'PageNode', children: { check }, to: check.to } })).toEqual([])
    expect(said({ in: enter('Inner') }, { Inner: { nodes: { check } } })).toEqual([])
    expect(said({ in: enter('Inner') }, { Inner: { nodes: { ask } } })).toEqual(['in'])
  })

  const send = (pushType?: string) => ({
    type: 'PushAuthenticationSenderNode',
    config: pushType === undefined ? {} : { pushType },
    to: { SENT: 'verify', NOT_REGISTERED: failureId, SKIPPED: failureId },
  })
  const verify = { type: 'PushResultVerifierNode', to: { TRUE: successId, FALSE: failureId } }

  test('checks the device with a push notification only by its number', () => {
    expect(said({ send: send('CHALLENGE'), verify })).toEqual([])
    for (const pushType of ['BIOMETRIC', 'DEFAULT', undefined])
      expect(said({ send: send(pushType), verify })).toEqual(['verify'])
  })

  test('does not count on a push notification that another sender may have sent', () => {
    const plain = { ...send('DEFAULT'), to: { ...send().to, NOT_REGISTERED: 'send' } }
    expect(said({ plain, send: send('CHALLENGE'), verify })).toEqual(['verify'])
    const inner = { Inner: { nodes: { send: { ...send('DEFAULT'), to: { SENT: successId } } } } }
    const entered = { in: enter('Inner', 'send'), send: send('CHALLENGE'), verify }
    expect(said(entered, inner)).toEqual(['verify'])
    expect(said({ verify })).toEqual(['verify'])
  })

  test('may have inner journeys that enter each other', () => {
    const round = {
      A: { nodes: { a: enter('B') } },
      B: { nodes: { b: { ...enter('A'), to: { true: 'ask', false: 'ask' } }, ask } },
    }
    expect(said({ in: enter('A') }, round)).toEqual(['in'])
  })

  test('must not start with Success', () => {
    const journeys = { Main: { nodes: { check }, entryNodeId: successId }, Front: front() }
    expect(complaints('backchannel-success-without-credential', { journeys })).toHaveLength(1)
  })
})

test('accepts Success without a credential if no transaction starts the journey', () => {
  const journeys = { Main: { nodes: { ask } } }
  expect(complaints('backchannel-success-without-credential', { journeys })).toEqual([])
})

describe('a journey that opens a transaction', () => {
  const said = (journeys: Record<string, SampleJourney>, name = 'Front') =>
    complaints('agent-ends-as-caller', { journeys }, name).map(({ remedy }) => remedy)

  test('must create no session and must always run', () => {
    expect(said({ Front: front() })).toEqual([
      'Turn on “No session” (`noSession`).',
      'Turn on “Always run” (`mustRun`).',
    ])
    expect(said({ Front: front({ noSession: true }) })).toEqual(['Turn on “Always run” (`mustRun`).'])
    expect(said({ Front: front({ noSession: true, mustRun: true }) })).toEqual([])
  })

  test('names the switches that resolve both', () => {
    const found = complaints('agent-ends-as-caller', { journeys: { Front: front() } }, 'Front')
    expect(found.map(({ turnOn }) => turnOn)).toEqual(['noSession', 'mustRun'])
  })

  test('is reported as the outer journey if an inner journey opens the transaction', () => {
    const journeys = { Outer: { nodes: { in: enter('Front') } }, Front: front({ innerTreeOnly: true }) }
    expect(said(journeys, 'Outer')).toHaveLength(2)
    expect(said(journeys, 'Front')).toEqual([])
  })
})

test('reports a transaction without a subject', () => {
  const said = (config: object) =>
    complaints('anonymous-transaction', { journeys: { Front: front({}, config) } }, 'Front')
  expect(said({ idType: 'NONE' }).map(({ message }) => message)).toEqual([
    "'Node open' opens a transaction that any person can complete.",
  ])
  expect(said({})).toEqual([])
})

describe('a journey that opens a transaction about a person', () => {
  const rule = 'open-front-journey'
  const found = (journeys: Record<string, SampleJourney>, forAgents: string[] = []) =>
    complaints(rule, { journeys: { ...journeys, Main: { nodes: { check } } }, forAgents }, 'Front').map(
      ({ nodeId }) => nodeId,
    )

  test('is reported when anyone may start it', () => {
    expect(found({ Front: front() })).toEqual(['open'])
  })

  test('is reported when an inner journey opens the transaction', () => {
    const inner = front({ innerTreeOnly: true })
    expect(found({ Front: { nodes: { in: enter('Inner') } }, Inner: inner })).toEqual([undefined])
  })

  test('is not reported when only agents may start it or its inner journey', () => {
    expect(found({ Front: front() }, ['Front'])).toEqual([])
    expect(
      found({ Inner: front({ innerTreeOnly: true }), Front: { nodes: { in: enter('Inner') } } }, ['Inner']),
    ).toEqual([])
  })

  test('is not reported when the transaction has no subject', () => {
    expect(found({ Front: front({}, { idType: 'NONE' }) })).toEqual([])
  })
})
