import { describe, expect, test } from 'vitest'
import {
  type Change,
  changed,
  connect,
  loginBundle,
  newMessage,
  recreated,
  setConfig,
  setDocument,
  setNode,
  setScript,
} from '../../../test/support/changed-bundle.ts'
import { journeyBundle, realmWith } from '../../../test/support/small-bundle.ts'
import type { JsonObject } from '../../base/json.ts'
import type { Bundle } from './bundle.ts'
import { type ImportOptions, planImport } from './plan.ts'

function changesIn(bundle: Bundle, realm: Bundle, existing: ImportOptions['existing'] = 'replace') {
  const { plan } = planImport(bundle, realmWith(realm), { dependencies: true, existing })
  return Object.fromEntries(
    plan.items.flatMap(({ kind, name, changes }) =>
      changes === undefined ? [] : [[`${kind} ${name}`, changes]],
    ),
  )
}

describe('a plan says what changes', () => {
  const onlyForm = ['only its form: positions, ids of nodes, or defaults']

  test.each<[string, Change, Record<string, string[]>]>([
    ['nothing', () => undefined, {}],
    [
      'a journey and its nodes',
      (bundle) => [newMessage, connect('decide', 'high', 'wrong')].map((change) => change(bundle)),
      {
        'journey Login': [
          "'Check risk' → high now leads to 'Wrong' (was 'Say no')",
          "'Wrong' (Message Node) added",
        ],
      },
    ],
    [
      'a node of a journey that stays the same',
      setConfig('decide', { outcomes: ['low'] }),
      { 'journey Login': ['\'Check risk\', Outcomes: removed "high"'] },
    ],
    [
      'a node on a page',
      (bundle) => void bundle.nodes.filter(({ id }) => id === 'word').map((node) => (node.config.x = 1)),
      { 'journey Login': ["'Password', x: not set → 1"] },
    ],
    ['a script', setScript({ source: 'outcome = "low"\n' }), { 'script Risk': ['−3'] }],
    [
      'a document',
      setDocument('dark', { primaryColor: '#111' }),
      { 'theme Dark': ['primaryColor: "#000" → "#111"'] },
    ],
    ['positions', setNode('say', { x: 900 }), { 'journey Login': onlyForm }],
    ['the form of a script', setScript({ isDefault: true }), { 'script Risk': onlyForm }],
  ])('in %s', (_what, change, expected) => {
    expect(changesIn(changed(change), loginBundle())).toEqual(expected)
  })

  test('but not in new things, and not in those that are kept', () => {
    expect(changesIn(loginBundle(), journeyBundle('Other', {}))).toEqual({})
    expect(changesIn(changed(setScript({ source: 'x' }), newMessage), loginBundle(), 'skip')).toEqual({})
  })

  test('in a journey whose nodes have other ids: only its form', () => {
    const again = { ...recreated(loginBundle()), scripts: [], customNodeTypes: [], documents: [] }
    for (const node of again.nodes) if (node.id === 'new-decide') node.config.script = 'risk'
    for (const node of again.nodes)
      if (node.id === 'new-page') node.config.stage = '{"themeId":"dark","other":1}'
    expect(changesIn(again, loginBundle())).toEqual({ 'journey Login': onlyForm })
  })

  test('but not in kinds of things that the person may not write', () => {
    const bundle = changed(setDocument('dark', { primaryColor: '#111' }), setScript({ source: 'x' }))
    const mayWrite = (kind: string) => kind !== 'theme'
    const { plan } = planImport(bundle, realmWith(loginBundle()), {
      dependencies: true,
      existing: 'replace',
      mayWrite,
    })
    const described = plan.items.filter(({ changes }) => changes !== undefined)
    expect(described.map(({ kind }) => kind)).toEqual(['script'])
  })

  test('without secrets', () => {
    const ldap = (config: JsonObject) =>
      journeyBundle('Login', { ldap: { type: 'LdapDecisionNode', config } })
    const secret = 'Canary-1234'
    const sealed = `sealed:v1.${'x'.repeat(40)}`
    for (const before of [{}, { adminPassword: sealed }, { adminPassword: 'Canary-9' }]) {
      const changes = changesIn(ldap({ adminPassword: secret }), ldap(before))
      expect(changes['journey Login']).toEqual([
        expect.stringMatching(/^'ldap', Bind User Password: (set|changed)$/),
      ])
    }
    expect(changesIn(ldap({}), ldap({ adminPassword: sealed }))).toEqual({})
  })

  test('in a bounded length', () => {
    const texts = (word: string): JsonObject =>
      Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`${'x'.repeat(400)}${i}`, `${word} ${i}`]))
    const vendor = (word: string) =>
      journeyBundle('Login', { n: { type: 'VendorNode', config: texts(word) } })
    const changes = changesIn(vendor('b'), vendor('a'))['journey Login'] ?? []
    expect(changes).toHaveLength(21)
    expect(changes.at(-1)).toBe('and 30 more')
    expect(Math.max(...changes.map(({ length }) => length))).toBe(300)
  })
})
