import { describe, expect, it } from 'vitest'
import { journeyOf } from '../../test/support/journey-of.ts'
import { type Action, enter, fail, goTo, send, suspend } from './action.ts'
import { type Advanced, advance, endedAtEntry } from './advance.ts'
import { callback } from './callbacks.ts'
import { failureId, type Journeys, successId } from './journey.ts'
import { beginJourney, innermost, type JourneySession, journeySessionSchema } from './journey-session.ts'
import type { JsonObject } from './json.ts'

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

/** Advances as the driver does: shared and secure state of the session, and the transient state of this request. */
function step(
  journeys: Journeys,
  session: JourneySession,
  action: Action,
  transient: JsonObject = {},
): Advanced {
  const { shared, secure } = session
  return advance({ journeys, session, state: { shared, secure, transient } }, action)
}

/** Folds actions one after the other, transient state carried along. */
function fold(journeys: Journeys, session: JourneySession, actions: readonly Action[]): Advanced {
  let now: Advanced = { session, transient: {}, next: { kind: 'node' } }
  for (const action of actions) now = step(journeys, now.session, action, now.transient)
  return now
}

const at = ({ session }: Advanced) => session.position.map(({ journey, nodeId }) => `${journey}/${nodeId}`)

describe('an outcome', () => {
  it('leads along its connection', () => {
    const advanced = step({ Login: login }, begin({ Login: login }), goTo('outcome'), { password: 'pw' })
    expect(advanced.next).toEqual({ kind: 'node' })
    expect(at(advanced)).toEqual(['Login/check'])
    expect(advanced.transient).toEqual({ password: 'pw' })
  })

  it('leads to the end of the journey: success or failure', () => {
    const checked = fold({ Login: login }, begin({ Login: login }), [goTo('outcome')]).session
    expect(step({ Login: login }, checked, goTo('true')).next).toEqual({ kind: 'success' })
    expect(step({ Login: login }, checked, goTo('false')).next).toEqual({
      kind: 'failure',
      reason: 'the journey reached its failure end',
    })
  })

  it.each(['unheard of', 'constructor', '__proto__', ''])(
    'that is not connected (%j) fails the journey',
    (outcome) => {
      const { next } = step({ Login: login }, begin({ Login: login }), goTo(outcome))
      expect(next).toEqual({
        kind: 'failure',
        isError: true,
        reason: `outcome '${outcome}' of node 'Node ask' leads nowhere`,
      })
    },
  )

  it('of a node that the journey does not have fails it', () => {
    const session = begin({ Login: login }, 'Login', {
      position: [{ journey: 'Login', nodeId: 'toString', hasErrorOutcome: false }],
    })
    expect(step({ Login: login }, session, goTo('outcome')).next).toEqual({
      kind: 'failure',
      isError: true,
      reason: "outcome 'outcome' of node 'toString' leads nowhere",
    })
  })

  it('that leads to a node which is not there fails the journey', () => {
    const checked = fold({ Login: login }, begin({ Login: login }), [goTo('outcome')]).session
    expect(step({ Login: login }, checked, goTo('gone')).next).toEqual({
      kind: 'failure',
      isError: true,
      reason: "node nowhere is not in journey 'Login'",
    })
  })

  it('clears what was asked before', () => {
    const session = begin({ Login: login }, 'Login', { pending: [question], isSuspended: true })
    expect(step({ Login: login }, session, goTo('outcome')).session).toMatchObject({
      pending: [],
      isSuspended: false,
    })
  })

  it('takes the node’s writes along', () => {
    const session = begin({ Login: login })
    const state = { shared: { a: 1 }, secure: { b: 2 }, transient: { c: 3 } }
    const advanced = advance({ journeys: { Login: login }, session, state }, goTo('outcome'))
    expect(advanced.session).toMatchObject({ shared: { a: 1 }, secure: { b: 2 } })
    expect(advanced.transient).toEqual({ c: 3 })
  })
})

describe('questions', () => {
  it('wait for answers at the same node', () => {
    const advanced = step({ Login: login }, begin({ Login: login }), send([question]))
    expect(advanced.next).toEqual({ kind: 'callbacks', callbacks: [question] })
    expect(advanced.session.pending).toEqual([question])
    expect(at(advanced)).toEqual(['Login/ask'])
  })

  it('carry the texts of their page, empty ones left out', () => {
    const sent = send([question], { header: 'Sign In', description: '', stage: 'UsernamePassword' })
    expect(step({ Login: login }, begin({ Login: login }), sent).next).toEqual({
      kind: 'callbacks',
      callbacks: [question],
      header: 'Sign In',
      stage: 'UsernamePassword',
    })
  })

  it('end transient state, but for what this or a later node wants: that becomes secure', () => {
    const advanced = step({ Login: login }, begin({ Login: login }), send([question]), {
      password: 'pw',
      otp: '123456',
    })
    expect(advanced.transient).toEqual({})
    expect(advanced.session.secure).toEqual({ password: 'pw' })
  })

  it('of a node that was suspended can be answered: it waits for its link no longer', () => {
    const suspended = step({ Login: login }, begin({ Login: login }), suspend('Look at your mail')).session
    expect(step({ Login: login }, suspended, send([question])).session.isSuspended).toBe(false)
  })

  it('make a session that can be stored and read again', () => {
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

describe('what a node says besides', () => {
  const extrasOf = (...all: Parameters<typeof goTo>[1][]) =>
    fold(
      { Login: login },
      begin({ Login: login }),
      all.map((extras) => send([question], extras)),
    ).session

  it('about session properties adds, replaces and, with null, removes', () => {
    const session = extrasOf(
      { sessionProperties: { a: '1', b: '1', c: '1' } },
      { sessionProperties: { b: '2', c: null, never: null } },
    )
    expect(session.session.properties).toEqual({ a: '1', b: '2' })
  })

  it('about times, person and messages stays until another node says otherwise', () => {
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

  it('about attributes that a success makes void adds up, each once', () => {
    const session = extrasOf({ voidOnSuccess: ['x', 'y'] }, {}, { voidOnSuccess: ['y', 'z'] })
    expect(session.voidOnSuccess).toEqual(['x', 'y', 'z'])
    expect(extrasOf({})).not.toHaveProperty('voidOnSuccess')
  })

  it('about webhooks adds up, each once', () => {
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
  ])('by %s leaves shared state and nothing private', (_what, outcome) => {
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

  it('comes with an error, whose reason is for the log', () => {
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
  it('starts at its first node, with the outer ones waiting', () => {
    const advanced = fold(nested, begin(nested, 'Outer'), toInner)
    expect(at(advanced)).toEqual(['Outer/evaluate', 'Middle/into', 'Inner/ask'])
    expect(advanced.next).toEqual({ kind: 'node' })
  })

  it('ends in the outcome true or false of every node that waits for it', () => {
    const succeeded = fold(nested, begin(nested, 'Outer'), [...toInner, goTo('yes')])
    expect(at(succeeded)).toEqual(['Outer/after'])
    const failed = fold(nested, begin(nested, 'Outer'), [...toInner, goTo('no')])
    expect(failed.next).toEqual({ kind: 'failure', reason: 'the journey reached its failure end' })
  })

  it('gets only the private state its nodes want; the rest is set aside and comes back', () => {
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

  it('shares its shared state, session properties and person with the outer one', () => {
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

  it('that asks makes what the waiting nodes want secure, in every journey around it', () => {
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

  it('that ends in a dead end leaves nothing private behind, set aside or not', () => {
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
  ])('that %s fails the journey', (_what, name, reason) => {
    const journeys = { ...nested, Off: { ...inner, name: 'Off', enabled: false } }
    const { next } = fold(journeys, begin(journeys, 'Outer'), [goTo('outcome'), enter(name, true)])
    expect(next).toEqual({ kind: 'failure', isError: true, reason })
  })

  it('that would enter one further out is an error inside, caught as any other', () => {
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
  ])('that begins at its %s end takes its outcome at once', (_name, end, outcome) => {
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

  it('without its first node is an error inside', () => {
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
  it('passes every journey that does not catch it, and leads to the outcome error of the first that does', () => {
    const caught = fold(nested, begin(nested, 'Outer'), [...toInner, fail('script broke')])
    expect(caught.next).toEqual({ kind: 'node' })
    expect(at(caught)).toEqual(['Outer/rescue'])
    expect(caught.session.shared).toEqual({
      errorNode: { id: 'ask', displayName: 'Node ask', type: 'TestNode' },
      errorMessage: 'script broke',
    })
  })

  it('gives the catching journey its private state back', () => {
    const ready = step(nested, begin(nested, 'Outer'), goTo('outcome')).session
    const entered = step(nested, ready, enter('Middle', true), { outerOnly: 't' })
    const inside = step(nested, entered.session, enter('Inner', false), entered.transient)
    const caught = step(nested, inside.session, fail('broke'), { madeInside: 'x' })
    expect(caught.transient).toEqual({ outerOnly: 't' })
  })

  it('ends everything where nobody catches it', () => {
    const uncaught = [goTo('outcome'), enter('Middle', false), enter('Inner', false), fail('script broke')]
    const { next, session } = fold(nested, begin(nested, 'Outer'), uncaught)
    expect(next).toEqual({ kind: 'failure', isError: true, reason: 'script broke' })
    expect(session.shared).toEqual({})
  })

  it('fails the journey where the outcome error leads nowhere', () => {
    const { error: _unconnected, ...connections } = outer.nodes.evaluate?.connections ?? {}
    const evaluate = { ...outer.nodes.evaluate, connections } as (typeof outer.nodes)[string]
    const journeys = { ...nested, Outer: { ...outer, nodes: { ...outer.nodes, evaluate } } }
    expect(fold(journeys, begin(journeys, 'Outer'), [...toInner, fail('broke')]).next).toEqual({
      kind: 'failure',
      isError: true,
      reason: "outcome 'error' of node 'Node evaluate' leads nowhere",
    })
  })

  it('comes from a connection to a node that is not there', () => {
    const caught = fold(nested, begin(nested, 'Outer'), [...toInner, goTo('broken')])
    expect(at(caught)).toEqual(['Outer/rescue'])
    expect(caught.session.shared.errorMessage).toBe("node nowhere is not in journey 'Inner'")
  })
})

it('advancing never changes the session it was given', () => {
  const session = begin(nested, 'Outer', { shared: { a: 1 }, secure: { password: 'pw' } })
  const copy = structuredClone(session)
  fold(nested, session, [...toInner, send([question], { sessionProperties: { p: '1' } })])
  expect(session).toEqual(copy)
})

it('a session without a position is a defect', () => {
  expect(() => innermost({ ...begin(nested, 'Outer'), position: [] })).toThrow('has no position')
})

describe('a journey that begins at one of its ends', () => {
  const over = (entryNodeId: string) => {
    const journeys = { Empty: journeyOf('Empty', {}, { entryNodeId }) }
    return endedAtEntry(journeys, begin(journeys, 'Empty'))?.next
  }

  it('is over before any node ran', () => {
    expect(over(successId)).toEqual({ kind: 'success' })
    expect(over(failureId)).toEqual({ kind: 'failure', reason: 'the journey reached its failure end' })
  })

  it('is no other', () => {
    expect(over('n')).toBeUndefined()
  })
})
