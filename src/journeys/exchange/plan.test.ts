import { describe, expect, test } from 'vitest'
import {
  customTypeOf,
  decision,
  inner,
  joined,
  journeyBundle,
  realmWith,
  scriptOf,
} from '../../../test/support/small-bundle.ts'
import { failureId } from '../../engine/journey.ts'
import type { Bundle } from './bundle.ts'
import { type ImportOptions, planImport } from './plan.ts'

const check = scriptOf('script-1', 'Check risk', 'outcome = "outcome"')
const login = journeyBundle('Login', { decide: decision('script-1') }, { scripts: [check] })

function plan(bundle: Bundle, realm = realmWith(), options: Partial<ImportOptions> = {}) {
  return planImport(bundle, realm, { dependencies: true, existing: 'replace', ...options })
}

const statuses = ({ plan: { items } }: ReturnType<typeof plan>) =>
  items.map(({ kind, name, status }) => `${kind} ${name} ${status}`)
const messages = ({ plan: { findings } }: ReturnType<typeof plan>) => findings.map(({ message }) => message)

describe('a plan compares', () => {
  test('with an empty realm: everything is new', () => {
    const planned = plan(login)
    expect(statuses(planned)).toEqual(['journey Login new', 'node decide new', 'script Check risk new'])
    expect(planned.plan.items.map(({ journey }) => journey)).toEqual([undefined, 'Login', undefined])
    expect(messages(planned)).toEqual([])
  })

  test('with itself: nothing is written, whoever wrote the script and when', () => {
    const written = { ...login, scripts: [{ ...check, lastModifiedAt: 7, createdBy: 'id=somebody' }] }
    const planned = plan(login, realmWith(written))
    expect(statuses(planned).every((line) => line.endsWith('identical'))).toBe(true)
    expect(Object.values(planned.change).flat()).toEqual([])
  })

  test('with an older one: what differs is changed, or kept with all nodes of its journey', () => {
    const newer = journeyBundle(
      'Login',
      { decide: decision('script-1'), more: { type: 'MessageNode' } },
      { scripts: [{ ...check, source: 'outcome = "no"' }] },
    )
    expect(statuses(plan(newer, realmWith(login)))).toEqual([
      'journey Login changed',
      'node decide identical',
      'node more new',
      'script Check risk changed',
    ])
    const kept = plan(newer, realmWith(login), { existing: 'skip' })
    expect(statuses(kept)).toEqual([
      'journey Login kept',
      'node decide identical',
      'node more kept',
      'script Check risk kept',
    ])
    expect(Object.values(kept.change).flat()).toEqual([])
  })

  test('without dependencies: journeys and nodes alone, and what is left out has its name', () => {
    const planned = plan(login, realmWith(), { dependencies: false })
    expect(statuses(planned)).toEqual(['journey Login new', 'node decide new'])
    expect(messages(planned)).toEqual([
      "Journey Login needs script 'Check risk', left out and not in the realm",
    ])
  })
})

test('what is needed and nowhere is a finding, with names, once', () => {
  const bundle = journeyBundle(
    'Login',
    {
      a: decision('script-9'),
      b: decision('script-9'),
      c: inner('Second factor'),
      d: { type: 'designer-stamp' },
      e: { type: 'EmailSuspendNode', config: { emailTemplateName: 'welcome' } },
      f: {
        type: 'PageNode',
        config: { stage: '{"themeId":"dark"}', nodes: [{ _id: 'g', nodeType: 'MessageNode' }] },
      },
      h: { type: 'BackChannelInitNode', config: { tree: 'Verify' } },
    },
    { scripts: [scriptOf('s', 'Asks', 'require("Lib")')] },
  )
  const nowhere = 'not in the bundle and not in the realm'
  const missing = plan(bundle).plan.findings.filter(({ kind }) => kind === 'missing')
  expect(missing.map(({ message }) => message)).toEqual([
    `Journey Login needs script 'script-9', ${nowhere}`,
    `Journey Login needs journey 'Second factor', ${nowhere}`,
    `Journey Login needs custom node type 'stamp', ${nowhere}`,
    `Journey Login needs e-mail template 'welcome', ${nowhere}`,
    `Journey Login needs theme 'dark', ${nowhere}`,
    `Journey Login needs the settings of node 'g' (MessageNode), ${nowhere}`,
    `Journey Login needs journey 'Verify', ${nowhere}`,
    `Script Asks needs library script 'Lib', ${nowhere}`,
  ])
})

test('what the realm has is not missing', () => {
  const { scripts } = login
  expect(messages(plan({ ...login, scripts: [] }, realmWith({ ...login, journeys: [], scripts })))).toEqual(
    [],
  )
})

test('a journey that came without its layout keeps the one it had', () => {
  const placed = journeyBundle('Login', { a: { type: 'MessageNode' }, b: { type: 'MessageNode' } })
  const bare = {
    ...placed,
    journeys: placed.journeys.map((journey) => ({
      ...journey,
      nodes: Object.fromEntries(Object.entries(journey.nodes).map(([id, node]) => [id, { ...node, x: 0 }])),
    })),
  }
  expect(statuses(plan(bare, realmWith(placed)))[0]).toBe('journey Login identical')
  expect(statuses(plan(placed, realmWith(bare)))[0]).toBe('journey Login changed')
})

describe('a name that another id has gets a suffix', () => {
  const mine = scriptOf('script-2', 'Check risk', 'outcome = "mine"')
  const bundle = journeyBundle('Login', { decide: decision('script-2') }, { scripts: [mine] })

  test('which a second import keeps', () => {
    const first = plan(bundle, realmWith(login))
    const name = 'Check risk - imported (1)'
    expect(first.change.scripts).toMatchObject([{ id: 'script-2', name }])
    expect(messages(first)).toEqual([`Script 'Check risk' becomes '${name}': another has its name`])
    const realm = realmWith({ ...login, scripts: [check, { ...mine, name }] })
    expect(statuses(plan(bundle, realm))).toContain(`script ${name} identical`)
  })

  test('in one bundle too, and custom node types as well', () => {
    const both = plan({ ...bundle, scripts: [mine, check] })
    expect(both.change.scripts.map(({ name }) => name)).toEqual(['Check risk', 'Check risk - imported (1)'])
    const types = plan(
      joined(bundle, { ...journeyBundle('Other', {}), customNodeTypes: [customTypeOf('two', 'Stamp')] }),
      realmWith(journeyBundle('Other', {}, { customNodeTypes: [customTypeOf('one', 'Stamp')] })),
    )
    expect(types.change.customNodeTypes).toMatchObject([{ displayName: 'Stamp - imported (1)' }])
  })
})

describe('a node id of a journey that is not in the files', () => {
  const other = realmWith(journeyBundle('Other', { decide: { type: 'MessageNode' } }))

  test('stops the import when the node is of another type', () => {
    const planned = plan(login, other)
    expect(planned.plan.isPossible).toBe(false)
    expect(messages(planned)).toContain(
      'Node decide (ScriptedDecisionNode) has the id of a node (MessageNode) of journey Other',
    )
  })

  test('is worth a note otherwise', () => {
    const same = journeyBundle('Login', { decide: { type: 'MessageNode', config: { message: { en: 'x' } } } })
    expect(plan(same, other).plan.isPossible).toBe(true)
    expect(messages(plan(same, other))).toContain('Node decide (MessageNode) is part of journey Other too')
  })
})

describe('what cannot run is said and imported', () => {
  test.each([
    ['its entry is the Failure node', failureId, 'fails at once: it begins at the Failure node'],
    ['its entry is nowhere', 'gone', 'cannot run: it begins at a node that it does not have'],
  ])('%s', (_what, entryNodeId, problem) => {
    const bundle = journeyBundle('Odd', {})
    const planned = plan({ ...bundle, journeys: bundle.journeys.map((one) => ({ ...one, entryNodeId })) })
    expect(messages(planned)).toEqual([`Journey Odd ${problem}`])
    expect(planned.plan.isPossible).toBe(true)
  })

  test('types and settings that do not run here are named with their nodes', () => {
    const planned = plan(
      journeyBundle('Odd', {
        risk: { type: 'VendorRiskNode' },
        ask: { type: 'ChoiceCollectorNode', config: { choices: 7 } },
      }),
    )
    expect(messages(planned)).toEqual([
      "Journey Odd: node 'risk' is of type VendorRiskNode, which does not run here: a login ends there",
      expect.stringMatching(
        /^Journey Odd: node 'ask' \(ChoiceCollectorNode\) has a setting that does not fit: choices/,
      ),
    ])
  })

  test('inner journeys that go in a circle', () => {
    const bundle = joined(journeyBundle('A', { a: inner('B') }), journeyBundle('B', { b: inner('A') }))
    expect(messages(plan(bundle))).toEqual([
      'Journeys enter one another in a circle, A, B: a login that comes round fails',
    ])
  })

  test('an outcome that leads to a node that is not there', () => {
    const bundle = journeyBundle('Odd', { ask: { type: 'MessageNode' } })
    const [journey] = bundle.journeys
    const ask = journey?.nodes.ask
    if (journey === undefined || ask === undefined) throw new Error('there is a journey')
    const broken = { ...journey, nodes: { ask: { ...ask, connections: { true: '70e691a5' } } } }
    expect(messages(plan({ ...bundle, journeys: [broken] }))).toEqual([
      "Journey Odd has a node 'ask' whose outcome 'true' leads to no node",
    ])
  })
})
