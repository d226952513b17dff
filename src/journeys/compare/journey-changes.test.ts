import { describe, expect, test } from 'vitest'
import {
  after,
  type Change,
  changed,
  children,
  connect,
  journeyOf,
  loginBundle,
  newMessage,
  recreated,
  setConfig,
  setJourney,
  setNode,
  wordsOf,
} from '../../../test/support/changed-bundle.ts'
import { failureId } from '../../engine/journey.ts'
import { emptyBundle } from '../exchange/bundle.ts'
import { differencesOf } from './differences.ts'

describe('a journey', () => {
  test.each<[string, Change, string[]]>([
    ['a node', newMessage, ["'Wrong' (Message Node) added"]],
    [
      'a node that replaces an end',
      (bundle) => [newMessage, connect('decide', 'high', 'wrong')].map((change) => change(bundle)),
      ["'Check risk' → high now leads to 'Wrong' (was 'Say no')", "'Wrong' (Message Node) added"],
    ],
    ['the name of a node', setNode('say', { displayName: 'No' }), ["'Say no' renamed to 'No'"]],
    [
      'the type of a node',
      setNode('say', { nodeType: 'PollingWaitNode' }),
      ["'Say no' is now of type Polling Wait (was Message Node)"],
    ],
    ['the version of a node', setNode('page', { version: '2.0' }), ["'Page' is now version 2.0 (was 1.0)"]],
    [
      'a setting',
      setConfig('decide', { outcomes: ['high', 'low', 'later'] }),
      ['\'Check risk\', Outcomes: added "later"'],
    ],
    [
      'an unconnected outcome',
      connect('decide', 'low', undefined),
      ["'Check risk' → low is no longer connected (was Success)"],
    ],
    [
      'a connected outcome',
      connect('decide', 'later', 'say'),
      ["'Check risk' → later now leads to 'Say no' (was not connected)"],
    ],
    [
      'a connection to an end',
      connect('decide', 'low', failureId),
      ["'Check risk' → low now leads to Failure (was Success)"],
    ],
    [
      'a connection to nowhere',
      connect('decide', 'low', 'gone'),
      ["'Check risk' → low now leads to the missing node 'gone' (was Success)"],
    ],
    ['the first node', setJourney({ entryNodeId: 'decide' }), ["starts at 'Check risk' (was 'Page')"]],
    ['whether it is enabled', setJourney({ enabled: false }), ['Enabled: on → off']],
    [
      'all flags',
      setJourney({ mustRun: true, innerTreeOnly: true, noSession: true, transactionalOnly: true }),
      [
        'Inner journey only: off → on',
        'Always run: off → on',
        'No session: off → on',
        'Transactional only: off → on',
      ],
    ],
    [
      'its limits',
      setJourney({ treeTimeout: 5, maximumIdleTime: 3, maximumSessionTime: 9 }),
      [
        'Maximum idle time in minutes: not set → 3',
        'Maximum session time in minutes: not set → 9',
        'Journey timeout in minutes: not set → 5',
      ],
    ],
    ['its description', setJourney({ description: 'Best' }), ['Description: not set → "Best"']],
    [
      'its identity type',
      setJourney({ identityResource: 'managed/alpha_role' }),
      ['Identity type: not set → "managed/alpha_role"'],
    ],
    [
      'its categories',
      setJourney({ uiConfig: { categories: '["Help desk"]' } }),
      ['Categories: added "Help desk"'],
    ],
    [
      'its notes',
      setJourney({ uiConfig: { sidegateNotes: '{"odd":7,"a":{"text":"Ask legal","x":1,"y":2}}' } }),
      ['Notes on the canvas: added "Ask legal"'],
    ],
    [
      'a text in one language',
      setConfig('page', { pageHeader: { en: 'Log in', de: 'Anmelden' } }),
      ['\'Page\', Page Header, de: not set → "Anmelden"', '\'Page\', Page Header, en: "Sign in" → "Log in"'],
    ],
    [
      'JSON inside a text',
      setConfig('page', { stage: '{"other":2,"themeId":"dark"}' }),
      ["'Page', Stage, other: 1 → 2"],
    ],
    [
      'a node on a page',
      (bundle) => {
        setConfig(
          'page',
          children(
            ['user', 'UsernameCollectorNode', 'Name'],
            ['word', 'PasswordCollectorNode', 'Password'],
            ['ask', 'MessageNode', 'Ask'],
          ),
        )(bundle)
      },
      ["'Ask' (Message Node) added to 'Page'"],
    ],
    [
      'a node less on a page',
      setConfig('page', children(['user', 'UsernameCollectorNode', 'Name'])),
      ["'Password' (Password Collector) removed from 'Page'"],
    ],
    [
      'the order on a page',
      setConfig(
        'page',
        children(['word', 'PasswordCollectorNode', 'Password'], ['user', 'UsernameCollectorNode', 'Name']),
      ),
      ["'Page' has another order: 'Password', 'Name'"],
    ],
    [
      'all nodes of a page',
      setConfig('page', { nodes: [] }),
      [
        "'Name' (Username Collector) removed from 'Page'",
        "'Password' (Password Collector) removed from 'Page'",
      ],
    ],
    ['the settings of a node', ({ nodes }) => void nodes.splice(2, 1), ["'Say no', settings: missing"]],
  ])('shows a change of %s', (_what, change, expected) => {
    expect(after(change)).toEqual(expected)
  })

  test('that was added or removed is one difference', () => {
    const { journeys, nodes } = loginBundle()
    expect(wordsOf(emptyBundle(), { ...emptyBundle(), journeys, nodes })).toEqual(['added'])
    expect(wordsOf({ ...emptyBundle(), journeys, nodes }, emptyBundle())).toEqual(['removed'])
  })
})

describe('two nodes with one name', () => {
  const second: Change = (bundle) => {
    newMessage(bundle)
    setNode('wrong', { displayName: 'Say no' })(bundle)
  }

  test('are named with their ids', () => {
    expect(after(second)).toEqual(["'Say no' (wrong) (Message Node) added"])
    const connected = changed(second, connect('decide', 'high', 'wrong'))
    expect(wordsOf(changed(second), connected)).toEqual([
      "'Check risk' → high now leads to 'Say no' (wrong) (was 'Say no' (say))",
    ])
  })

  test('belong to those with the same surroundings when the journey was created again', () => {
    const before = changed(second, connect('decide', 'high', 'wrong'), connect('wrong', 'true', 'say'))
    expect(wordsOf(before, recreated(before))).toEqual([])
    const relabelled = recreated(before)
    for (const node of relabelled.nodes) if (node.id === 'new-say') node.config.message = { en: 'Stop' }
    expect(wordsOf(before, relabelled)).toEqual(['\'Say no\' (new-say), Message, en: "Not you" → "Stop"'])
  })
})

describe('a journey that was created again with other ids', () => {
  test('has no difference', () => {
    expect(differencesOf(loginBundle(), recreated(loginBundle()))).toEqual({ differences: [], unknown: [] })
  })

  test('has no difference if the outcomes of a page contain the ids of its nodes', () => {
    const before = changed(connect('page', 'user-outcome', 'say'))
    const again = recreated(before)
    const { connections = {} } = journeyOf(again).nodes['new-page'] ?? {}
    delete connections['user-outcome']
    connections['new-user-outcome'] = 'new-say'
    expect(wordsOf(before, again)).toEqual([])
    connections['new-user-outcome'] = failureId
    expect(wordsOf(before, again)).toEqual(["'Page' → 'Name'-outcome now leads to Failure (was 'Say no')"])
  })

  test('has only the differences that it also has', () => {
    const again = recreated(
      changed(connect('decide', 'high', failureId), setConfig('decide', { outcomes: ['low'] })),
    )
    expect(differencesOf(loginBundle(), again).differences).toMatchObject([
      { kind: 'setting', node: { before: 'decide', after: 'new-decide' } },
      { kind: 'connection', node: { before: 'decide', after: 'new-decide' }, outcome: 'high' },
    ])
  })

  test('has a new node where the name is another one', () => {
    expect(wordsOf(loginBundle(), recreated(changed(setNode('say', { displayName: 'No' }))))).toEqual([
      "'Check risk' → high now leads to 'No' (was 'Say no')",
      "'No' (Message Node) added",
      "'Say no' (Message Node) removed",
    ])
  })
})

test('a difference names the journey, the nodes and the outcome', () => {
  const { differences } = differencesOf(
    loginBundle(),
    changed(newMessage, connect('decide', 'high', 'wrong')),
  )
  const item = { kind: 'journey', id: 'Login', name: 'Login' }
  expect(differences).toEqual([
    {
      item,
      kind: 'connection',
      node: { before: 'decide', after: 'decide' },
      outcome: 'high',
      words: "'Check risk' → high now leads to 'Wrong' (was 'Say no')",
    },
    { item, kind: 'added', node: { after: 'wrong' }, words: "'Wrong' (Message Node) added" },
  ])
})

test('a page with nodes is one difference, and a node that moves there another', () => {
  const move: Change = (bundle) => {
    const page = { nodeType: 'PageNode', displayName: 'Second page', connections: {}, x: 0, y: 0 }
    journeyOf(bundle).nodes.second = page
    bundle.nodes.push({
      id: 'second',
      type: 'PageNode',
      version: '1.0',
      config: children(['word', 'PasswordCollectorNode', 'Password'], ['ask', 'MessageNode', 'Ask']),
    })
    setConfig('page', children(['user', 'UsernameCollectorNode', 'Name']))(bundle)
  }
  expect(after(move)).toEqual([
    "'Second page' (Page Node) added with 'Ask'",
    "'Password' is now on 'Second page' (was on 'Page')",
  ])
  expect(wordsOf(changed(move), loginBundle())).toEqual([
    "'Password' is now on 'Page' (was on 'Second page')",
    "'Second page' (Page Node) removed",
  ])
})
