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

test.each([
  ['aHR0cHM6Ly9zcC5leGFtcGxlLmNvbS9zYW1s', {}, 'https://sp.example.com/saml'],
  ['some-id', { entityId: 'urn:example:idp' }, 'urn:example:idp'],
  ['partner', {}, 'partner'],
])('names the SAML entity %s', (id, document, name) => {
  const entity = { kind: 'saml2Entity' as const, id, document }
  expect(statuses(plan({ ...login, documents: [entity] }))).toContain(`saml2Entity ${name} new`)
})

const described = (inside: string) => ({
  entityLocation: 'remote',
  base64EntityXML: Buffer.from(`<E><IDPSSODescriptor>${inside}</IDPSSODescriptor></E>`).toString('base64url'),
})
test.each([
  [
    'a hosted identity provider',
    { entityLocation: 'hosted', identityProvider: {} },
    ['identityProvider: the server hosts service providers only'],
  ],
  ['a hosted service provider', { entityLocation: 'hosted', serviceProvider: {} }, []],
  ['a provider without a key', described('<SingleSignOnService/>'), ['no signing certificate']],
  ['a provider without an address', described('<X509Certificate/>'), ['no address for sign-ins']],
  ['a whole provider', described('<SingleSignOnService/><X509Certificate/>'), []],
  ['an entity of another role', { entityLocation: 'remote', base64EntityXML: '' }, []],
  [
    'an address that others can change',
    { entityLocation: 'remote', base64EntityXML: '', metadataUrl: 'http://idp.example.com' },
    ['metadataUrl: kept without effect'],
  ],
])('says what has no effect of %s', (_, document, expected) => {
  const entity = { kind: 'saml2Entity' as const, id: 'one', document: { entityId: 'urn:one', ...document } }
  const found = plan({ ...login, documents: [entity] }).plan.findings
  expect(found).toEqual(
    expected.map((text) =>
      expect.objectContaining({
        kind: 'unsupported',
        message: expect.stringMatching(`^SAML entity urn:one .*${text}`),
      }),
    ),
  )
})

describe('a plan compares', () => {
  test('with an empty realm: everything is new', () => {
    const planned = plan(login)
    expect(statuses(planned)).toEqual(['journey Login new', 'node decide new', 'script Check risk new'])
    expect(planned.plan.items.map(({ journey }) => journey)).toEqual([undefined, 'Login', undefined])
    expect(messages(planned)).toEqual([])
  })

  test('with itself: writes nothing, and ignores author and time of scripts', () => {
    const written = { ...login, scripts: [{ ...check, lastModifiedAt: 7, createdBy: 'id=somebody' }] }
    const planned = plan(login, realmWith(written))
    expect(statuses(planned).every((line) => line.endsWith('identical'))).toBe(true)
    expect(Object.values(planned.change).flat()).toEqual([])
  })

  test('with an older realm: changes different things, or keeps them with all nodes of their journey', () => {
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

  test('with choices: replaces and leaves out single items, nodes with their journey, and needs nothing for the others', () => {
    const newer = journeyBundle('Login', { decide: decision('gone') }, { scripts: [check] })
    const other = journeyBundle('Other', { more: { type: 'MessageNode' } })
    const both = joined(newer, other)
    const kept = plan(both, realmWith(login), {
      existing: 'skip',
      choices: new Map([['journey\nOther', false]]),
    })
    expect(statuses(kept)).toEqual([
      'journey Login identical',
      'journey Other left',
      'node decide kept',
      'node more kept',
      'script Check risk identical',
    ])
    expect(messages(kept)).toEqual([])
    expect(kept.plan.items[0]?.changes).not.toEqual([])
    expect(Object.values(kept.change).flat()).toEqual([])

    const chosen = plan(both, realmWith(login), {
      existing: 'skip',
      choices: new Map([['journey\nLogin', true]]),
    })
    expect(statuses(chosen).slice(0, 4)).toEqual([
      'journey Login identical',
      'journey Other new',
      'node decide changed',
      'node more new',
    ])
    expect(messages(chosen)).toEqual([expect.stringContaining("Journey Login needs script 'gone'")])
  })

  test('without dependencies: only journeys and nodes, and names what is left out', () => {
    const planned = plan(login, realmWith(), { dependencies: false })
    expect(statuses(planned)).toEqual(['journey Login new', 'node decide new'])
    expect(messages(planned)).toEqual([
      "Journey Login needs script 'Check risk', which is left out and not in the realm",
    ])
  })
})

test('reports each missing thing once, by name', () => {
  const bundle = journeyBundle(
    'Login',
    {
      a: decision('script-9'),
      b: decision('script-9'),
      c: inner('Second factor'),
      d: { type: 'designer-stamp' },
      e: { type: 'EmailSuspendNode', config: { emailTemplateName: 'ourWelcome' } },
      f: {
        type: 'PageNode',
        config: { stage: '{"themeId":"dark"}', nodes: [{ _id: 'g', nodeType: 'MessageNode' }] },
      },
      h: { type: 'BackChannelInitNode', config: { tree: 'Verify' } },
    },
    { scripts: [scriptOf('s', 'Asks', 'require("Lib")')] },
  )
  const nowhere = 'which is neither in the files nor in the realm'
  const missing = plan(bundle).plan.findings.filter(({ kind }) => kind === 'missing')
  expect(missing.map(({ message }) => message)).toEqual([
    `Journey Login needs script 'script-9', ${nowhere}`,
    `Journey Login needs journey 'Second factor', ${nowhere}`,
    `Journey Login needs custom node type 'stamp', ${nowhere}`,
    `Journey Login needs email template 'ourWelcome', ${nowhere}`,
    `Journey Login needs theme 'dark', ${nowhere}`,
    "Journey Login needs the settings of node 'g' (MessageNode), which are neither in the files nor in the realm",
    `Journey Login needs journey 'Verify', ${nowhere}`,
    `Script Asks needs library script 'Lib', ${nowhere}`,
  ])
})

test('does not report things that exist in the realm', () => {
  const { scripts } = login
  expect(messages(plan({ ...login, scripts: [] }, realmWith({ ...login, journeys: [], scripts })))).toEqual(
    [],
  )
})

test('keeps the layout of a journey that comes without one', () => {
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

describe('a taken name gets a suffix', () => {
  const mine = scriptOf('script-2', 'Check risk', 'outcome = "mine"')
  const bundle = journeyBundle('Login', { decide: decision('script-2') }, { scripts: [mine] })

  test('that a second import keeps', () => {
    const first = plan(bundle, realmWith(login))
    const name = 'Check risk - imported (1)'
    expect(first.change.scripts).toMatchObject([{ id: 'script-2', name }])
    expect(messages(first)).toEqual([
      `Script 'Check risk' is renamed to '${name}', because its name is taken`,
    ])
    const realm = realmWith({ ...login, scripts: [check, { ...mine, name }] })
    expect(statuses(plan(bundle, realm))).toContain(`script ${name} identical`)
  })

  test('within one bundle, and for custom node types', () => {
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

  test('prevents the import if the types of the nodes differ', () => {
    const planned = plan(login, other)
    expect(planned.plan.isPossible).toBe(false)
    expect(messages(planned)).toContain(
      'Node decide (ScriptedDecisionNode) has the id of a node (MessageNode) of journey Other',
    )
  })

  test('is a note otherwise', () => {
    const same = journeyBundle('Login', { decide: { type: 'MessageNode', config: { message: { en: 'x' } } } })
    expect(plan(same, other).plan.isPossible).toBe(true)
    expect(messages(plan(same, other))).toContain('Node decide (MessageNode) also belongs to journey Other')
  })
})

describe('things that can’t run are imported with a finding', () => {
  test.each([
    ['a start at Failure', failureId, 'always fails: it starts at Failure'],
    ['a start at a missing node', 'gone', 'cannot run: it starts at a node that does not exist'],
  ])('%s', (_what, entryNodeId, problem) => {
    const bundle = journeyBundle('Odd', {})
    const planned = plan({ ...bundle, journeys: bundle.journeys.map((one) => ({ ...one, entryNodeId })) })
    expect(messages(planned)).toEqual([`Journey Odd ${problem}`])
    expect(planned.plan.isPossible).toBe(true)
  })

  test('unknown types and invalid settings, with their nodes', () => {
    const planned = plan(
      journeyBundle('Odd', {
        risk: { type: 'VendorRiskNode' },
        ask: { type: 'ChoiceCollectorNode', config: { choices: 7 } },
      }),
    )
    expect(messages(planned)).toEqual([
      "Journey Odd: node 'risk' is of type VendorRiskNode, which is not supported: journeys fail there",
      expect.stringMatching(
        /^Journey Odd: node 'ask' \(ChoiceCollectorNode\) has an invalid setting: choices/,
      ),
    ])
  })

  test('inner journeys in a cycle', () => {
    const bundle = joined(journeyBundle('A', { a: inner('B') }), journeyBundle('B', { b: inner('A') }))
    expect(messages(plan(bundle))).toEqual([
      'Journeys enter each other in a cycle: A, B. A journey that runs through the cycle fails',
    ])
  })

  test('a connection to a missing node', () => {
    const bundle = journeyBundle('Odd', { ask: { type: 'MessageNode' } })
    const [journey] = bundle.journeys
    const ask = journey?.nodes.ask
    if (journey === undefined || ask === undefined) throw new Error('the sample has a journey')
    const broken = { ...journey, nodes: { ask: { ...ask, connections: { true: '70e691a5' } } } }
    expect(messages(plan({ ...bundle, journeys: [broken] }))).toEqual([
      "Journey Odd has a node 'ask' whose outcome 'true' is connected to a missing node",
    ])
  })
})
