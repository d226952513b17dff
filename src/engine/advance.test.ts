import { describe, expect, it } from 'vitest'
import { journeyOf } from '../../test/support/journey-of.ts'
import type { JsonObject } from '../base/json.ts'
import { type Action, enter, fail, goTo, send, suspend } from './action.ts'
import { type Advanced, advance, endedAtEntry } from './advance.ts'
import { callback } from './callbacks.ts'
import { failureId, type Journeys, successId } from './journey.ts'
import { beginJourney, innermost, type JourneySession, journeySessionSchema } from './journey-session.ts'

const login = journeyOf('Login', {
  ask: { to: { outcome: 'check' } },
  check: { reads: ['username', 'password'], to: { true: successId, false: failureId, gone: 'nowhere' } },
})

const question = callback('NameCallback', { prompt: 'User Name' })

function begin(journeys: Journeys, name = 'Login', more: Partial<JourneySession> = {}): JourneySession {
  const journey = journeys[name]
  if (journey === undefined) throw new Error(`no journey ${name}`)
  return { ...beginJourney(journey, {}), ...more }
}

/** Advances with the session's shared and secure state and this request's transient state. */
function step(
  journeys: Journeys,
  session: JourneySession,
  action: Action,
  transient: JsonObject = {},
): Advanced {
  const { shared, secure } = session
  return advance({ journeys, session, state: { shared, secure, transient } }, action)
}

/** Applies actions in turn and carries transient state along. */
function fold(journeys: Journeys, session: JourneySession, actions: readonly Action[]): Advanced {
  let now: Advanced = { session, transient: {}, next: { kind: 'node' } }
  for (const action of actions) now = step(journeys, now.session, action, now.transient)
  return now
}

const at = ({ session }: Advanced) => session.position.map(({ journey, nodeId }) => `${journey}/${nodeId}`)

describe('an outcome', () => {
  it('follows its connection', () => {
    const advanced = step({ Login: login }, begin({ Login: login }), goTo('outcome'), { password: 'pw' })
    expect(advanced.next).toEqual({ kind: 'node' })
    expect(at(advanced)).toEqual(['Login/check'])
    expect(advanced.transient).toEqual({ password: 'pw' })
  })

  it('ends the journey in success or failure', () => {
    const checked = fold({ Login: login }, begin({ Login: login }), [goTo('outcome')]).session
    expect(step({ Login: login }, checked, goTo('true')).next).toEqual({ kind: 'success' })
    expect(step({ Login: login }, checked, goTo('false')).next).toEqual({
      kind: 'failure',
      reason: 'the journey reached its failure end',
    })
  })

  it.each(['unheard of', 'constructor', '__proto__', ''])(
    'fails the journey if it is not connected (%j)',
    (outcome) => {
      const { next } = step({ Login: login }, begin({ Login: login }), goTo(outcome))
      expect(next).toEqual({
        kind: 'failure',
        isError: true,
        reason: `outcome '${outcome}' of node 'Node ask' leads nowhere`,
      })
    },
  )

  it("fails the journey if the session's node is missing", () => {
    const session = begin({ Login: login }, 'Login', {
      position: [{ journey: 'Login', nodeId: 'toString', hasErrorOutcome: false }],
    })
    expect(step({ Login: login }, session, goTo('outcome')).next).toEqual({
      kind: 'failure',
      isError: true,
      reason: "outcome 'outcome' of node 'toString' leads nowhere",
    })
  })

  it('fails the journey if it leads to a missing node', () => {
    const checked = fold({ Login: login }, begin({ Login: login }), [goTo('outcome')]).session
    expect(step({ Login: login }, checked, goTo('gone')).next).toEqual({
      kind: 'failure',
      isError: true,
      reason: "node nowhere is not in journey 'Login'",
    })
  })

  it('clears pending callbacks', () => {
    const session = begin({ Login: login }, 'Login', { pending: [question], isSuspended: true })
    expect(step({ Login: login }, session, goTo('outcome')).session).toMatchObject({
      pending: [],
      isSuspended: false,
    })
  })

  it('keeps the node’s writes', () => {
    const session = begin({ Login: login })
    const state = { shared: { a: 1 }, secure: { b: 2 }, transient: { c: 3 } }
    const advanced = advance({ journeys: { Login: login }, session, state }, goTo('outcome'))
    expect(advanced.session).toMatchObject({ shared: { a: 1 }, secure: { b: 2 } })
    expect(advanced.transient).toEqual({ c: 3 })
  })
})

describe('sending callbacks', () => {
  it('waits for answers at the same node', () => {
    const advanced = step({ Login: login }, begin({ Login: login }), send([question]))
    expect(advanced.next).toEqual({ kind: 'callbacks', callbacks: [question] })
    expect(advanced.session.pending).toEqual([question])
    expect(at(advanced)).toEqual(['Login/ask'])
  })

  it('includes the texts of the page, except empty ones', () => {
    const sent = send([question], { header: 'Sign In', description: '', stage: 'UsernamePassword' })
    expect(step({ Login: login }, begin({ Login: login }), sent).next).toEqual({
      kind: 'callbacks',
      callbacks: [question],
      header: 'Sign In',
      stage: 'UsernamePassword',
    })
  })

  it('moves transient state that this or a later node reads to secure state and drops the rest', () => {
    const advanced = step({ Login: login }, begin({ Login: login }), send([question]), {
      password: 'pw',
      otp: '123456',
    })
    expect(advanced.transient).toEqual({})
    expect(advanced.session.secure).toEqual({ password: 'pw' })
  })

  it('ends a suspension', () => {
    const suspended = step({ Login: login }, begin({ Login: login }), suspend('Look at your mail')).session
    expect(step({ Login: login }, suspended, send([question])).session.isSuspended).toBe(false)
  })

  it('creates a session that survives serialization', () => {
    const { session } = step(
      { Login: login },
      begin({ Login: login }),
      send([{ ...question, id: 0, input: { '': 'alice' } }], { identified: { kind: 'user', name: 'alice' } }),
      { password: 'pw' },
    )
    expect(journeySessionSchema.parse(JSON.parse(JSON.stringify(session)))).toEqual(session)
  })
})

describe('a suspension', () => {
  it.each([
    [suspend('Look at your mail'), { kind: 'suspended', message: 'Look at your mail' }],
    [suspend('Look at your mail', 30), { kind: 'suspended', message: 'Look at your mail', minutes: 30 }],
  ])('ends the request and waits at the same node', (action, next) => {
    const advanced = step({ Login: login }, begin({ Login: login }), action, { password: 'pw', otp: '1' })
    expect(advanced.next).toEqual(next)
    expect(advanced.session).toMatchObject({ isSuspended: true, pending: [], secure: { password: 'pw' } })
    expect(advanced.transient).toEqual({})
    expect(at(advanced)).toEqual(['Login/ask'])
  })
})

describe('the extras of an action', () => {
  const extrasOf = (...all: Parameters<typeof goTo>[1][]) =>
    fold(
      { Login: login },
      begin({ Login: login }),
      all.map((extras) => send([question], extras)),
    ).session

  it('add, replace and (with null) remove session properties', () => {
    const session = extrasOf(
      { sessionProperties: { a: '1', b: '1', c: '1' } },
      { sessionProperties: { b: '2', c: null, never: null } },
    )
    expect(session.session.properties).toEqual({ a: '1', b: '2' })
  })

  it('set times, identity and messages until another node replaces them', () => {
    const first = {
      maxSessionMinutes: 60,
      maxIdleMinutes: 5,
      identified: { kind: 'user', name: 'alice' },
      errorMessage: 'No',
      lockoutMessage: 'Locked',
    } as const
    expect(extrasOf(first, { maxIdleMinutes: 10, errorMessage: 'Still no' })).toMatchObject({
      session: { properties: {}, maxSessionMinutes: 60, maxIdleMinutes: 10 },
      identified: { kind: 'user', name: 'alice' },
      errorMessage: 'Still no',
      lockoutMessage: 'Locked',
    })
  })

  it('end the session at the earliest time of all', () => {
    const session = extrasOf({ sessionEndsAt: 3 }, {}, { sessionEndsAt: 2 }, { sessionEndsAt: 4 })
    expect(session.session.sessionEndsAt).toBe(2)
    expect(extrasOf({ maxIdleMinutes: 1 }).session).not.toHaveProperty('sessionEndsAt')
  })

  it('collect the attributes to remove on success, each once', () => {
    const session = extrasOf({ voidOnSuccess: ['x', 'y'] }, {}, { voidOnSuccess: ['y', 'z'] })
    expect(session.voidOnSuccess).toEqual(['x', 'y', 'z'])
    expect(extrasOf({})).not.toHaveProperty('voidOnSuccess')
  })

  it('collect logout webhooks, each once', () => {
    const { session } = extrasOf({ webhooks: ['x'] }, {}, { webhooks: ['y', 'x'] })
    expect(session.webhooks).toEqual(['x', 'y'])
    expect(extrasOf({}).session).not.toHaveProperty('webhooks')
  })
})

describe('the end of a journey', () => {
  it.each([
    ['success', 'true'],
    ['failure', 'false'],
    ['a dead end', 'unheard of'],
  ])('keeps shared state and drops private state at %s', (_what, outcome) => {
    const session = begin({ Login: login }, 'Login', {
      position: [{ journey: 'Login', nodeId: 'check', hasErrorOutcome: false }],
      shared: { username: 'alice' },
      secure: { password: 'pw' },
      pending: [question],
    })
    const advanced = step({ Login: login }, session, goTo(outcome), { otp: '1' })
    expect(advanced.transient).toEqual({})
    expect(advanced.session).toMatchObject({ shared: { username: 'alice' }, secure: {}, pending: [] })
  })

  it('is a failure with a reason for the log if a node fails', () => {
    expect(step({ Login: login }, begin({ Login: login }), fail('store is away')).next).toEqual({
      kind: 'failure',
      isError: true,
      reason: 'store is away',
    })
  })
})

const outer = journeyOf('Outer', {
  start: { to: { outcome: 'evaluate' } },
  evaluate: {
    type: 'InnerTreeEvaluatorNode',
    config: { tree: 'Middle' },
    to: { true: 'after', false: failureId, error: 'rescue' },
  },
  after: { reads: ['password', 'outerOnly'], to: { outcome: successId } },
  rescue: { to: { outcome: failureId } },
})
const middle = journeyOf('Middle', {
  into: {
    type: 'InnerTreeEvaluatorNode',
    config: { tree: 'Inner' },
    to: { true: successId, false: failureId },
  },
})
const inner = journeyOf('Inner', {
  ask: { reads: ['password'], to: { yes: successId, no: failureId, broken: 'nowhere' } },
})
const nested: Journeys = { Outer: outer, Middle: middle, Inner: inner }
const toInner = [goTo('outcome'), enter('Middle', true), enter('Inner', false)]

describe('an inner journey', () => {
  it('starts at its first node while the outer ones wait', () => {
    const advanced = fold(nested, begin(nested, 'Outer'), toInner)
    expect(at(advanced)).toEqual(['Outer/evaluate', 'Middle/into', 'Inner/ask'])
    expect(advanced.next).toEqual({ kind: 'node' })
  })

  it('gives the outcome true or false to every node that waits for it', () => {
    const succeeded = fold(nested, begin(nested, 'Outer'), [...toInner, goTo('yes')])
    expect(at(succeeded)).toEqual(['Outer/after'])
    const failed = fold(nested, begin(nested, 'Outer'), [...toInner, goTo('no')])
    expect(failed.next).toEqual({ kind: 'failure', reason: 'the journey reached its failure end' })
  })

  it('gets only the private state its nodes read; the rest is set aside and restored', () => {
    const started = begin(nested, 'Outer', { secure: { password: 'pw', outerOnly: 's' } })
    const ready = step(nested, started, goTo('outcome')).session
    const entered = step(nested, ready, enter('Middle', false), { password: 'new', outerOnly: 't' })
    expect(entered.session.secure).toEqual({ password: 'pw' })
    expect(entered.transient).toEqual({ password: 'new' })

    const inside = step(nested, entered.session, enter('Inner', false), entered.transient)
    const left = step(nested, inside.session, goTo('yes'), { madeInside: 'x' })
    expect(left.session.secure).toEqual({ password: 'pw', outerOnly: 's' })
    expect(left.transient).toEqual({ password: 'new', outerOnly: 't' })
  })

  it('has shared state, session properties and identity in common with the outer one', () => {
    const inside = fold(nested, begin(nested, 'Outer'), toInner).session
    const action = goTo('yes', {
      sessionProperties: { p: '1' },
      identified: { kind: 'user', name: 'alice' },
    })
    const { session } = advance(
      { journeys: nested, session: inside, state: { shared: { found: 1 }, secure: {}, transient: {} } },
      action,
    )
    expect(session).toMatchObject({
      shared: { found: 1 },
      session: { properties: { p: '1' } },
      identified: { name: 'alice' },
    })
  })

  it('promotes state that waiting nodes read in every outer journey when it sends callbacks', () => {
    const ready = step(nested, begin(nested, 'Outer'), goTo('outcome')).session
    const entered = step(nested, ready, enter('Middle', false), { outerOnly: 't', unwanted: 'u' })
    const inside = step(nested, entered.session, enter('Inner', false), entered.transient)
    const asked = step(nested, inside.session, send([question]), { password: 'typed' })
    expect(asked.session.position.map(({ outer: aside }) => aside)).toEqual([
      undefined,
      { secure: { outerOnly: 't' }, transient: {} },
      { secure: {}, transient: {} },
    ])
    expect(asked.session.secure).toEqual({ password: 'typed' })

    const left = step(nested, asked.session, goTo('yes'))
    expect(left.session.secure).toEqual({ outerOnly: 't' })
    expect(left.transient).toEqual({})
  })

  it('leaves no private state behind if it fails', () => {
    const ready = step(nested, begin(nested, 'Outer'), goTo('outcome')).session
    const entered = step(nested, ready, enter('Middle', false), { outerOnly: 'secret' })
    const inside = step(nested, entered.session, enter('Inner', false), entered.transient)
    const ended = step(nested, inside.session, goTo('unheard of'))
    expect(ended.next).toEqual({
      kind: 'failure',
      isError: true,
      reason: "outcome 'unheard of' of node 'Node ask' leads nowhere",
    })
    expect(JSON.stringify(ended.session)).not.toContain('secret')
  })

  it.each([
    ['is missing', 'Nowhere', 'Configured tree does not exist: Nowhere'],
    ['is named like a member of every object', 'constructor', 'Configured tree does not exist: constructor'],
    ['is disabled', 'Off', 'Configured tree does not exist: Off'],
    ['is the one that enters it', 'Outer', 'Tree would result in recursive loop: Outer'],
  ])('fails the journey if it %s', (_what, name, reason) => {
    const journeys = { ...nested, Off: { ...inner, name: 'Off', enabled: false } }
    const { next } = fold(journeys, begin(journeys, 'Outer'), [goTo('outcome'), enter(name, true)])
    expect(next).toEqual({ kind: 'failure', isError: true, reason })
  })

  it('raises an error inside if it would enter an outer journey', () => {
    const caught = fold(nested, begin(nested, 'Outer'), [
      goTo('outcome'),
      enter('Middle', true),
      enter('Outer', true),
    ])
    expect(at(caught)).toEqual(['Outer/rescue'])
    expect(caught.session.shared).toMatchObject({
      errorMessage: 'Tree would result in recursive loop: Outer',
    })
  })

  it.each([
    ['Success', successId, 'true'],
    ['Failure', failureId, 'false'],
  ])('that starts at its %s end gives its outcome at once', (_name, end, outcome) => {
    const journeys = {
      Outer: journeyOf('Outer', {
        inner: { to: { true: 'true', false: 'false' } },
        true: { to: {} },
        false: { to: {} },
      }),
      Empty: journeyOf('Empty', {}, { entryNodeId: end }),
    }
    const after = step(journeys, begin(journeys, 'Outer'), enter('Empty', true), { kept: 1 })
    expect(at(after)).toEqual([`Outer/${outcome}`])
    expect(after).toMatchObject({ next: { kind: 'node' }, transient: { kept: 1 } })
  })

  it('raises an error inside if its first node is missing', () => {
    const journeys = { ...nested, Middle: { ...middle, entryNodeId: 'gone' } }
    const caught = fold(journeys, begin(journeys, 'Outer'), [goTo('outcome'), enter('Middle', true)])
    expect(at(caught)).toEqual(['Outer/rescue'])
    expect(caught.session.shared).toEqual({
      errorNode: { id: 'gone', displayName: '', type: '' },
      errorMessage: "node gone is not in journey 'Middle'",
    })
  })
})

describe('an error inside an inner journey', () => {
  it('leads to the outcome error of the first journey that catches it', () => {
    const caught = fold(nested, begin(nested, 'Outer'), [...toInner, fail('script broke')])
    expect(caught.next).toEqual({ kind: 'node' })
    expect(at(caught)).toEqual(['Outer/rescue'])
    expect(caught.session.shared).toEqual({
      errorNode: { id: 'ask', displayName: 'Node ask', type: 'TestNode' },
      errorMessage: 'script broke',
    })
  })

  it('restores the private state of the catching journey', () => {
    const ready = step(nested, begin(nested, 'Outer'), goTo('outcome')).session
    const entered = step(nested, ready, enter('Middle', true), { outerOnly: 't' })
    const inside = step(nested, entered.session, enter('Inner', false), entered.transient)
    const caught = step(nested, inside.session, fail('broke'), { madeInside: 'x' })
    expect(caught.transient).toEqual({ outerOnly: 't' })
  })

  it('fails the journey if no node catches it', () => {
    const uncaught = [goTo('outcome'), enter('Middle', false), enter('Inner', false), fail('script broke')]
    const { next, session } = fold(nested, begin(nested, 'Outer'), uncaught)
    expect(next).toEqual({ kind: 'failure', isError: true, reason: 'script broke' })
    expect(session.shared).toEqual({})
  })

  it('fails the journey if the outcome error is not connected', () => {
    const { error: _unconnected, ...connections } = outer.nodes.evaluate?.connections ?? {}
    const evaluate = { ...outer.nodes.evaluate, connections } as (typeof outer.nodes)[string]
    const journeys = { ...nested, Outer: { ...outer, nodes: { ...outer.nodes, evaluate } } }
    expect(fold(journeys, begin(journeys, 'Outer'), [...toInner, fail('broke')]).next).toEqual({
      kind: 'failure',
      isError: true,
      reason: "outcome 'error' of node 'Node evaluate' leads nowhere",
    })
  })

  it('comes from a connection to a missing node', () => {
    const caught = fold(nested, begin(nested, 'Outer'), [...toInner, goTo('broken')])
    expect(at(caught)).toEqual(['Outer/rescue'])
    expect(caught.session.shared.errorMessage).toBe("node nowhere is not in journey 'Inner'")
  })
})

it('advance does not modify the session', () => {
  const session = begin(nested, 'Outer', { shared: { a: 1 }, secure: { password: 'pw' } })
  const copy = structuredClone(session)
  fold(nested, session, [...toInner, send([question], { sessionProperties: { p: '1' } })])
  expect(session).toEqual(copy)
})

it('rejects a session without a position', () => {
  expect(() => innermost({ ...begin(nested, 'Outer'), position: [] })).toThrow('has no position')
})

describe('a journey whose entry is one of its ends', () => {
  const over = (entryNodeId: string) => {
    const journeys = { Empty: journeyOf('Empty', {}, { entryNodeId }) }
    return endedAtEntry(journeys, begin(journeys, 'Empty'))?.next
  }

  it('is over before any node ran', () => {
    expect(over(successId)).toEqual({ kind: 'success' })
    expect(over(failureId)).toEqual({ kind: 'failure', reason: 'the journey reached its failure end' })
  })

  it('is recognized by its entry alone', () => {
    expect(over('n')).toBeUndefined()
  })
})
