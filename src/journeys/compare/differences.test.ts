import { describe, expect, test } from 'vitest'
import {
  after,
  type Change,
  changed,
  connect,
  journeyOf,
  loginBundle,
  newMessage,
  setConfig,
  setDocument,
  setJourney,
  setNode,
  setScript,
  setType,
  wordsOf,
} from '../../../test/support/changed-bundle.ts'
import { journeyBundle } from '../../../test/support/small-bundle.ts'
import type { Json, JsonObject } from '../../base/json.ts'
import { builtInScripts } from '../../scripts/built-in/built-in-scripts.ts'
import { type Bundle, emptyBundle } from '../exchange/bundle.ts'
import { differencesOf } from './differences.ts'
import { differencesText } from './differences-text.ts'

const source = 'one\ntwo\nthree\noutcome = "low"\n'

test('compares members that every object inherits like all others', () => {
  const odd = (words: string) => setDocument('welcome', { html: { en: 'Hello', toString: words } })
  const before = changed(setDocument('welcome', { html: { en: 'Hello' } }))
  expect(wordsOf(before, changed(odd('text'))).join()).toContain('toString')
  expect(wordsOf(changed(odd('text')), changed(odd('text')))).toEqual([])
})

test.each<[string, Change, string[]]>([
  ['the source of a script', setScript({ source: source.replace('two', '2\n2a') }), ['+2 −1']],
  ['the name of a script', setScript({ name: 'Risks' }), ["renamed from 'Risk'"]],
  [
    'the kind of a script',
    setScript({ context: 'SCRIPTED_DECISION_NODE', evaluatorVersion: '1.0', language: 'GROOVY' }),
    [
      'Context: "AUTHENTICATION_TREE_DECISION_NODE" → "SCRIPTED_DECISION_NODE"',
      'Engine version: "2.0" → "1.0"',
      'Language: "JAVASCRIPT" → "GROOVY"',
    ],
  ],
  ['the description of a script', setScript({ description: 'Asks' }), ['Description: not set → "Asks"']],
  ['the script of a custom node type', setType({ script: 'action.goTo("a")' }), ['script +1 −1']],
  ['the name of a custom node type', setType({ displayName: 'Seal' }), ["renamed from 'Stamp'"]],
  [
    'a custom node type',
    setType({
      outcomes: ['done', 'late'],
      inputs: ['username'],
      tags: ['x'],
      errorOutcome: true,
      version: 2,
    }),
    [
      'Error outcome: off → on',
      'Inputs: added "username"',
      'Outcomes: added "late"',
      'Tags: added "x"',
      'Version: 1 → 2',
    ],
  ],
  [
    'a setting of a custom node type',
    setType({ properties: { limit: { title: 'Limit', type: 'NUMBER', defaultValue: 3 } } }),
    ['Settings, limit: not set → {"title":"Limit","type":"NUMBER","defaultValue":3}'],
  ],
  ['a theme', setDocument('dark', { primaryColor: '#111' }), ['primaryColor: "#000" → "#111"']],
  ['the journeys of a theme', setDocument('dark', { linkedTrees: [] }), ['linkedTrees: removed "Login"']],
  ['the name of a theme', setDocument('dark', { name: 'Night' }), ['name: "Dark" → "Night"']],
  ['lines of an email', setDocument('welcome', { html: { en: '<p>\nHi\n</p>' } }), ['html, en: +1 −1']],
  ['a switch of an email', setDocument('welcome', { enabled: false }), ['enabled: on → off']],
  [
    'a new script',
    ({ scripts }) => void scripts.push({ ...scripts[0], id: 'x', name: 'X' } as never),
    ['added'],
  ],
  ['no script', ({ scripts }) => void scripts.pop(), ['removed']],
  ['no custom node type', ({ customNodeTypes }) => void customNodeTypes.pop(), ['removed']],
  ['no email template', ({ documents }) => void documents.pop(), ['removed']],
])('shows %s', (_what, change, expected) => {
  expect(after(change)).toEqual(expected)
})

/** The same content with the members of all objects in reverse order. */
function reversed<Value>(value: Value): Value {
  const turn = (json: Json): Json => {
    if (Array.isArray(json)) return json.map(turn)
    if (typeof json !== 'object' || json === null) return json
    return Object.fromEntries(
      Object.entries(json)
        .toReversed()
        .map(([name, member]) => [name, turn(member)]),
    )
  }
  return turn(JSON.parse(JSON.stringify(value))) as Value
}

const all: Change = (bundle) => {
  for (const [name, list] of Object.entries(bundle)) {
    if (name !== 'findings') (list as object[]).reverse()
  }
}

describe('sees no difference', () => {
  test.each<[string, Change]>([
    ['in coordinates', setNode('say', { x: 900, y: 12 })],
    [
      'in the canvas and its notes',
      setJourney({
        staticNodes: { start: { x: 1, y: 1 } },
        uiConfig: { note: 'x', sidegateNotes: 'no JSON' },
      }),
    ],
    ['in revisions', setDocument('dark', { _rev: '7', _id: 'dark' })],
    [
      'in dates and authors',
      setScript({ createdBy: 'x', createdAt: 7, lastModifiedBy: 'y', lastModifiedAt: 9 }),
    ],
    ['in dates and authors of documents', setDocument('welcome', { lastModifiedDate: 'x', createdBy: 'y' })],
    ['between a default and a setting that is left out', setConfig('page', { pageDescription: {} })],
    ['between defaults and missing settings', ({ nodes }) => void nodes.pop()],
    [
      'in what the server adds to settings',
      setConfig('say', { _type: { _id: 'MessageNode' }, _outcomes: [] }),
    ],
    ['between an absent setting and null', setConfig('say', { other: null })],
    ['between an unconnected and an empty outcome', connect('say', 'later', '')],
    ['between no description and an empty one', setJourney({ description: '' })],
    ['between no identity type and people', setJourney({ identityResource: 'managed/alpha_user' })],
    ['between no categories and an empty list', setJourney({ uiConfig: { categories: '[]' } })],
    ['in line ends', setScript({ source: source.replaceAll('\n', '\r\n') })],
    ['in the last line end', setScript({ source: source.trimEnd() })],
    ['in the form of JSON inside a text', setConfig('page', { stage: '{ "other": 1, "themeId": "dark" }' })],
    ['in the order of things', all],
  ])('%s', (_what, change) => {
    expect(after(change)).toEqual([])
  })

  test('in the order of members', () => {
    expect(wordsOf(loginBundle(), reversed(loginBundle()))).toEqual([])
  })

  test('between a built-in script in one file and none in the other', () => {
    const [script] = builtInScripts.values()
    if (script === undefined) throw new Error('no built-in script')
    const own = { ...emptyBundle(), scripts: [{ ...script }] }
    expect(wordsOf(own, emptyBundle())).toEqual([])
    expect(wordsOf({ ...emptyBundle(), scripts: [script] }, emptyBundle())).toEqual([])
    const mine = { ...emptyBundle(), scripts: [{ ...script, source: `${script.source}mine()\n` }] }
    expect(wordsOf(emptyBundle(), mine)).toEqual(['+1'])
  })
})

const canary = 'Canary-7f3a9'

describe('never shows a secret', () => {
  /** A realm with a secret in every place that can have one. */
  const secretive = (secret: Json): Bundle => {
    const bundle = journeyBundle('Login', {
      ldap: { type: 'LdapDecisionNode', config: { adminPassword: secret, adminDn: 'cn=x' } },
      vendor: { type: 'VendorRiskNode', config: { clientSecret: secret, proxy: { password: secret } } },
      custom: {
        type: 'designer-ask',
        config: { apiKey: secret, plain: { headers: { Authorization: secret } } },
      },
      list: { type: 'VendorListNode', config: { servers: [{ url: 'x', token: secret }] } },
      link: {
        type: 'VendorLinkNode',
        config: { url: `https://example.com/?key=${secret}`, auth: `Bearer ${secret}` },
      },
    })
    const sources = [
      `var password = '${secret}'`,
      `headers["X-Api-Key"] = "${secret}"`,
      `request.setHeader('Authorization', "Basic ${secret}")`,
      `var config = { clientSecret: \`${secret}\` }`,
      `const jwt = "eyJhbGciOiJI.${secret}.x"`,
    ]
    bundle.scripts.push({ ...loginBundle().scripts[0], source: sources.join('\n') } as never)
    const document = { clientSecret: secret, clientId: 'me' }
    bundle.documents.push(
      { kind: 'socialIdentityProvider', id: 'google', document },
      { kind: 'variable', id: 'esv-key', document: { valueBase64: secret, description: 'a key' } },
      { kind: 'emailTemplate', id: 'mail', document: { from: 'x', smtp: { password: secret } } },
    )
    return bundle
  }

  test.each<[string, Json, Json]>([
    ['that changed', canary, `${canary}-2`],
    ['that one side leaves out', canary, null],
    ['that the other side leaves out', null, canary],
    ['that became a number', canary, 7_357_357],
  ])('%s', (_what, before, now) => {
    const comparison = differencesOf(secretive(before), secretive(now))
    const text = differencesText(comparison, { withLines: true }) + JSON.stringify(comparison)
    expect(text).not.toContain(canary)
    expect(text).not.toContain('7357357')
  })

  test('but says that it changed', () => {
    expect(wordsOf(secretive(canary), secretive(`${canary}-2`))).toEqual([
      "'ldap', Bind User Password: changed",
      "'vendor', clientSecret: changed",
      "'vendor', proxy, password: changed",
      "'custom', apiKey: changed",
      "'custom', plain, headers, Authorization: changed",
      "'list', servers: changed",
      "'link', auth: changed",
      "'link', url: changed",
      '+5 −5',
      'smtp, password: changed',
      'clientSecret: changed',
      'valueBase64: changed',
    ])
  })

  test('and counts secrets that only one side contains', () => {
    const comparison = differencesOf(loginWith(canary), loginWith(undefined))
    expect(comparison.differences).toEqual([])
    expect(comparison.unknown.map(({ words }) => words)).toEqual(["'ldap', Bind User Password: left out"])
    expect(differencesText(comparison)).toBe(
      'No differences.\n1 secret was not compared, because only one side contains it.',
    )
  })

  const loginWith = (adminPassword: string | undefined) =>
    journeyBundle('Login', {
      ldap: { type: 'LdapDecisionNode', config: adminPassword === undefined ? {} : { adminPassword } },
    })
})

describe('shows values', () => {
  const setting = (before: Json, now: Json) => {
    const bundle = (value: Json) => journeyBundle('J', { n: { type: 'VendorNode', config: { it: value } } })
    return wordsOf(bundle(before), bundle(now))
  }

  test.each<[string, Json, Json, string]>([
    ['a number', 1, 2, "'n', it: 1 → 2"],
    ['a new text', null, 'a', '\'n\', it: not set → "a"'],
    ['a list', ['a', 'b'], ['b', 'c'], '\'n\', it: added "c"; removed "a"'],
    ['an order', ['a', 'b'], ['b', 'a'], "'n', it: in another order"],
    ['a long list', [], ['a', 'b', 'c', 'd', 'e', 'f', 'g'], "'n', it: 7 added, 0 removed"],
    ['a list of objects', [{ a: 1 }], [{ a: 2 }], "'n', it: changed"],
    [
      'the end of a long text',
      `${'Please enter the code that we sent you. '.repeat(3)}It is valid for 5 minutes.`,
      `${'Please enter the code that we sent you. '.repeat(3)}It is valid for 10 minutes.`,
      '\'n\', it: "…t is valid for 5 minutes." → "…t is valid for 10 minutes."',
    ],
    [
      'a long text',
      'x',
      'a text that is quite a lot longer than anything that fits on a line',
      '\'n\', it: "x" → "a text that is quite a lot longer than anything that fits o…"',
    ],
    ['control characters', 'a', 'b\u001b[31m\u202ec\u0007', '\'n\', it: "a" → "b [31m c "'],
    ['a text of several lines', 'a\nb\n', 'a\nc\nd\n', "'n', it: +2 −1"],
  ])('%s', (_what, before, now, expected) => {
    expect(setting(before, now)).toEqual([expected])
  })
})

test('the text names each item once, and shows changed lines if asked', () => {
  const bundle = changed(
    newMessage,
    connect('decide', 'high', 'wrong'),
    setScript({ source: source.replace('two', '2') }),
    setDocument('dark', { primaryColor: '#111' }),
    ({ documents }) => void documents.pop(),
  )
  const comparison = differencesOf(loginBundle(), bundle)
  const text = [
    "journey 'Login'",
    "  'Check risk' → high now leads to 'Wrong' (was 'Say no')",
    "  'Wrong' (Message Node) added",
    "script 'Risk' +1 −1",
    "email template 'welcome' removed",
    "theme 'Dark'",
    '  primaryColor: "#000" → "#111"',
  ]
  expect(differencesText(comparison).split('\n')).toEqual(text)
  const hunk = ['@@ -1 +1 @@', ' one', '-two', '+2', ' three', ' outcome = "low"'].map(
    (line) => `    ${line}`,
  )
  expect(differencesText(comparison, { withLines: true }).split('\n')).toEqual(text.toSpliced(4, 0, ...hunk))
  expect(differencesText({ differences: [], unknown: [] })).toBe('No differences.')
})

test('the result does not depend on the order of the input', () => {
  const bundle = changed(
    newMessage,
    setScript({ source: 'x' }),
    setDocument('dark', { a: 1 }),
    setJourney({ enabled: false }),
  )
  const expected = differencesOf(loginBundle(), bundle)
  expect(differencesOf(reversed(changed(all)), bundle)).toEqual(expected)
  expect(differencesOf(changed(all), reversed(bundle))).toEqual(expected)
})

test('compares journeys of a thousand nodes, and long scripts with nothing in common', () => {
  const config: JsonObject = { message: { en: 'x' } }
  const large = (count: number, prefix: string) =>
    journeyBundle(
      'Large',
      Object.fromEntries(
        Array.from({ length: count }, (_, i) => [`${prefix}${i}`, { type: 'MessageNode', config }]),
      ),
    )
  const before = large(1000, 'a')
  const after = large(1000, 'b')
  for (const bundle of [before, after])
    for (const node of Object.values(journeyOf(bundle).nodes)) node.displayName = 'Message'
  expect(wordsOf(before, after)).toEqual([])
  const lines = (word: string) => Array.from({ length: 20_000 }, (_, i) => `${word} ${i}`).join('\n')
  before.scripts.push({ ...loginBundle().scripts[0], source: lines('a') } as never)
  after.scripts.push({ ...loginBundle().scripts[0], source: lines('b') } as never)
  expect(wordsOf(before, after)).toEqual(['+20000 −20000'])
})
