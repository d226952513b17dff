import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../base/json.ts'
import { type Journey, type NodeSettings, successId } from '../engine/journey.ts'
import { levelOf } from '../engine/level.ts'
import type { Method } from '../engine/methods.ts'
import { passageWithout, provableMethods } from './provable-methods.ts'
import { typesWith } from './revisions.ts'

type Placed = { type: string; version?: string; config?: JsonObject; to?: string[] }

function settingsOf({ type, version = '1.0', config = {} }: Placed): NodeSettings {
  return { type, version, config, displayName: type, reads: [] }
}

/** A journey whose first node is its entry. */
function journeyOf(nodes: Record<string, Placed>, children: Record<string, Placed> = {}): Journey {
  const place = ([id, node]: [string, Placed]) => {
    const connections = Object.fromEntries((node.to ?? [successId]).map((target, at) => [`o${at}`, target]))
    return [id, { ...settingsOf(node), connections }] as const
  }
  return {
    name: 'Main',
    entryNodeId: Object.keys(nodes)[0] ?? successId,
    ...{ enabled: true, innerTreeOnly: false, mustRun: false, noSession: false, transactionalOnly: false },
    identityResource: 'managed/alpha_user',
    nodes: Object.fromEntries(Object.entries(nodes).map(place)),
    children: Object.fromEntries(Object.entries(children).map(([id, node]) => [id, settingsOf(node)])),
  }
}

function provable(main: Journey, inner: Record<string, Journey> = {}) {
  return provableMethods({
    content: {
      v: 1,
      realm: '/alpha',
      root: 'Main',
      journeys: { Main: main, ...inner },
      scripts: {},
      customNodeTypes: [],
    },
    typeNamed: typesWith([]),
  })
}

const password = { type: 'DataStoreDecisionNode' }
const app = { type: 'OathTokenVerifierNode' }
const passkey = { type: 'WebAuthnAuthenticationNode' }

describe('a journey can prove', () => {
  test('the methods of its nodes, once', () => {
    const methods = provable(
      journeyOf({ one: { ...password, to: ['two'] }, two: { ...app, to: ['three'] }, three: password }),
    )
    expect(methods).toEqual(['pwd', 'otp'])
    expect(levelOf(methods)).toBe(2)
  })

  test('the methods of inner journeys, which may contain each other', () => {
    const enter = (tree: string) => ({ type: 'InnerTreeEvaluatorNode', config: { tree } })
    const inner = journeyOf({ again: { ...enter('Main'), to: ['key'] }, key: passkey })
    expect(provable(journeyOf({ go: enter('Inner') }), { Inner: inner })).toEqual(['pop'])
  })

  test('the methods of nodes on pages', () => {
    const page = { type: 'PageNode', config: { nodes: [{ _id: 'child', nodeType: password.type }] } }
    expect(provable(journeyOf({ page }, { child: password }))).toEqual(['pwd'])
  })

  test('the method of a node that a Configuration Provider imitates', () => {
    const config = { nodeType: passkey.type }
    expect(provable(journeyOf({ provider: { type: 'ConfigProviderNode', config } }))).toEqual(['pop'])
  })
})

describe('a journey can’t prove', () => {
  test('the method of a node that it can’t reach', () => {
    expect(provable(journeyOf({ one: password, lost: passkey }))).toEqual(['pwd'])
    const page = { type: 'PageNode', config: { nodes: [] } }
    expect(provable(journeyOf({ page }, { child: password }))).toEqual([])
  })

  test.each(['ScriptedDecisionNode', 'SidegateVerificationLevelDecisionNode', 'designer-abc', 'constructor'])(
    'anything by a node of type %s',
    (type) => {
      expect(
        provable(journeyOf({ node: { type, config: { level: 3, tree: 'Main', outcomes: ['true'] } } })),
      ).toEqual([])
    },
  )

  test('anything by an inner journey that doesn’t exist', () => {
    const config = { tree: '__proto__' }
    expect(provable(journeyOf({ go: { type: 'InnerTreeEvaluatorNode', config } }))).toEqual([])
  })
})

describe('a person without a method', () => {
  const leaving = (type: string, outcome: string, to = successId) => ({
    ...settingsOf({ type }),
    connections: { [outcome]: to },
  })
  const withNodes = (nodes: Journey['nodes']) => ({ ...journeyOf({}), entryNodeId: 'one', nodes })
  const frozen = (main: Journey, inner: Record<string, Journey> = {}) => ({
    content: {
      ...{ v: 1 as const, realm: '/alpha', root: 'Main', scripts: {}, customNodeTypes: [] },
      journeys: { Main: main, ...inner },
    },
    typeNamed: typesWith([]),
  })
  const both = withNodes({
    one: leaving('DataStoreDecisionNode', 'true', 'two'),
    two: leaving('OathTokenVerifierNode', 'successOutcome'),
  })

  test('can’t pass a journey that asks for it on every path', () => {
    expect(passageWithout(frozen(both), new Set(['otp']))).toEqual({ methods: ['pwd'], canSucceed: false })
    expect(passageWithout(frozen(both), new Set(['pop']))).toEqual({
      methods: ['pwd', 'otp'],
      canSucceed: true,
    })
  })

  test('passes by another path, with the methods of that path', () => {
    const { connections, ...node } = leaving('WebAuthnAuthenticationNode', 'success')
    const ladder = withNodes({
      one: { ...node, connections: { ...connections, noDevice: 'two' } },
      two: leaving('DataStoreDecisionNode', 'true'),
    })
    expect(passageWithout(frozen(ladder), new Set(['pop']))).toEqual({ methods: ['pwd'], canSucceed: true })
    expect(passageWithout(frozen(ladder), new Set(['pwd']))).toEqual({ methods: ['pop'], canSucceed: true })
    expect(passageWithout(frozen(ladder), new Set(['pwd', 'pop'])).canSucceed).toBe(false)
  })

  test('can’t pass a journey whose inner journey asks for it', () => {
    const inner = { ...both, name: 'Inner' }
    const config = { tree: 'Inner' }
    const main = withNodes({
      one: { ...settingsOf({ type: 'InnerTreeEvaluatorNode', config }), connections: { true: successId } },
    })
    const passage = (missing: Method) => passageWithout(frozen(main, { Inner: inner }), new Set([missing]))
    expect(passage('otp').canSucceed).toBe(false)
    expect(passage('push')).toEqual({ methods: ['pwd', 'otp'], canSucceed: true })
  })
})
