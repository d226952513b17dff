import { expect, test } from 'vitest'
import { answer, callbacksOf, outcomeOf, runNode } from '../../../test/support/run-node.ts'
import { type Action, enter, fail, goTo, send, suspend } from '../../engine/action.ts'
import { type Answer, callback, textOutput } from '../../engine/callbacks.ts'
import type { NodeState } from '../../engine/node-state.ts'
import { type AnyNodeType, outcomesOf } from '../../engine/node-type.ts'
import { usernameCollector } from '../basic-authentication/username-collector.ts'
import type { NodePort } from '../ports/ports.ts'
import { choiceCollector } from './choice-collector.ts'
import { pageNode, pageNodeV2 } from './page.ts'

type Child = (answers: readonly Answer[], state: NodeState) => Action

const name = callback('NameCallback', { prompt: 'Name' })
const password = callback('PasswordCallback', { prompt: 'Password' })
const metadata = callback('MetadataCallback', { data: { stage: 'one' } })

/** A node that asks until its answer is not empty, like collectors. */
const asking =
  (question = name, outcome = 'outcome'): Child =>
  ([given]) =>
    given?.input[''] ? goTo(outcome) : send([question])

/** A page of children `c0`, `c1`, … and a record of what each child received. */
function pageOf(...children: Child[]) {
  const given: (readonly Answer[])[] = []
  const nodes: NodePort = {
    typeNamed: () => undefined,
    childType: () => undefined,
    imitate: async () => fail('a page imitates nothing'),
    runChild: async ({ id, answers, state }) => {
      given.push(answers)
      return children[Number(id.slice(1))]?.(answers, state) ?? fail(`no child ${id}`)
    },
  }
  const list = children.map((_, place) => ({ _id: `c${place}`, nodeType: 'ChildNode', displayName: '' }))
  return { given, config: { nodes: list }, ports: { nodes } }
}

/** A client's answers to callbacks with these ids. */
function answered(...values: [id: number, value: string, type?: 'NameCallback' | 'PasswordCallback'][]) {
  return values.map(([id, value, type = 'NameCallback']) => ({
    ...answer(type, value),
    output: { prompt: 'as sent' },
    id,
  }))
}

const ids = (action: Action) => callbacksOf(action).map(({ id }) => id)

test('shows the callbacks of all nodes, each with an id', async () => {
  const { config, ports } = pageOf(asking(), asking(password))
  const { action, state } = await runNode(pageNode, { config, ports })
  expect(action).toEqual({
    kind: 'send',
    callbacks: [
      { ...name, id: 0 },
      { ...password, id: 1 },
    ],
    auditDetail: {
      auditInfo: [
        { nodeType: 'ChildNode', nodeId: 'c0' },
        { nodeType: 'ChildNode', nodeId: 'c1' },
      ],
    },
  })
  expect(state.shared).toEqual({ pageNodeCallbacks: { '0': 0, '1': 1 } })
})

test('assigns all callbacks of a node to it', async () => {
  const { config, ports } = pageOf(() => send([name, textOutput('Hint')]), asking(password))
  const { action, state } = await runNode(pageNode, { config, ports })
  expect(ids(action)).toEqual([0, 1, 2])
  expect(state.shared.pageNodeCallbacks).toEqual({ '0': 0, '1': 0, '2': 1 })
})

test('gives each node its own answers and lets the last decide', async () => {
  const { given, config, ports } = pageOf(asking(), asking(password, 'second'))
  const answers = answered([0, 'alex'], [1, 'secret', 'PasswordCallback'])
  const { action, state } = await runNode(pageNode, {
    config,
    ports,
    answers,
    shared: { pageNodeCallbacks: { '0': 0, '1': 1 }, other: 1 },
  })
  expect(outcomeOf(action)).toBe('second')
  expect(given).toEqual([[answers[0]], [answers[1]]])
  expect(state.shared).toEqual({ other: 1 })
})

test('prefixes the outcome with its node in version 2.0', async () => {
  const { config, ports } = pageOf(asking())
  const { action } = await runNode(pageNodeV2, {
    config,
    ports,
    answers: answered([0, 'alex']),
    shared: { pageNodeCallbacks: { '0': 0 } },
  })
  expect(outcomeOf(action)).toBe('c0-outcome')
})

test('sends the page again while a node asks, with new ids for it and the answers of others', async () => {
  const { config, ports } = pageOf(asking(), asking())
  const { action, state } = await runNode(pageNode, {
    config,
    ports,
    answers: answered([0, 'alex'], [1, '']),
    shared: { pageNodeCallbacks: { '0': 0, '1': 1 } },
  })
  expect(callbacksOf(action)).toEqual([
    { type: 'NameCallback', output: { prompt: 'as sent' }, input: { '': 'alex' }, id: 0 },
    { ...name, id: 2 },
  ])
  expect(state.shared.pageNodeCallbacks).toEqual({ '0': 0, '2': 1 })
})

test('continues once all nodes are answered', async () => {
  const { config, ports } = pageOf(asking(), asking())
  const { action } = await runNode(pageNode, {
    config,
    ports,
    answers: answered([0, 'alex'], [2, 'more']),
    shared: { pageNodeCallbacks: { '0': 0, '2': 1 } },
  })
  expect(outcomeOf(action)).toBe('outcome')
})

test('never sends a password back', async () => {
  const { config, ports } = pageOf(asking(password), asking())
  const { action } = await runNode(pageNode, {
    config,
    ports,
    answers: answered([0, 'secret', 'PasswordCallback'], [1, '']),
    shared: { pageNodeCallbacks: { '0': 0, '1': 1 } },
  })
  expect(callbacksOf(action)[0]).toEqual({
    type: 'PasswordCallback',
    output: { prompt: 'as sent' },
    id: 0,
  })
})

test('gives no answers to nodes on the first visit', async () => {
  const { given, config, ports } = pageOf(asking())
  await runNode(pageNode, { config, ports, answers: answered([0, 'of an earlier node']) })
  expect(given).toEqual([[]])
})

test('shows a node the writes of earlier nodes', async () => {
  const writing: Child = (_answers, state) => {
    state.putShared('username', 'alex')
    return goTo('outcome')
  }
  const reading: Child = (_answers, state) => goTo(String(state.snapshot().shared.username))
  const { action } = await runNode(pageNode, pageOf(writing, reading))
  expect(outcomeOf(action)).toBe('alex')
})

test('continues immediately if no node asks', async () => {
  const { action, state } = await runNode(
    pageNode,
    pageOf(() => goTo('outcome')),
  )
  expect(outcomeOf(action)).toBe('outcome')
  expect(state.shared).toEqual({})
})

test('sends metadata along with other callbacks', async () => {
  const { action } = await runNode(
    pageNode,
    pageOf(() => send([metadata]), asking()),
  )
  expect(callbacksOf(action).map(({ type }) => type)).toEqual(['MetadataCallback', 'NameCallback'])
})

test('does not wait for metadata alone', async () => {
  const { action } = await runNode(
    pageNode,
    pageOf(
      () => send([metadata]),
      () => goTo('outcome'),
    ),
  )
  expect(outcomeOf(action)).toBe('outcome')
})

test('fails for metadata without an outcome', async () => {
  const { action } = await runNode(
    pageNode,
    pageOf(
      () => goTo('outcome'),
      () => send([metadata]),
    ),
  )
  expect(action).toMatchObject(fail('No outcome and only metadata callbacks found'))
})

test('fails without nodes', async () => {
  const { action } = await runNode(pageNode, pageOf())
  expect(action).toEqual(fail('This page has no nodes in it, so cannot proceed'))
})

test('fails for a missing node', async () => {
  const { config, ports } = pageOf(asking())
  const nodes = { ...ports.nodes, runChild: async () => undefined }
  const { action } = await runNode(pageNode, { config, ports: { nodes } })
  expect(action).toEqual(fail('Node does not exist: c0'))
})

test('rejects a journey on the page', async () => {
  const { action } = await runNode(
    pageNode,
    pageOf(() => enter('Verify', false)),
  )
  expect(action).toEqual(fail('Illegal child node type: ChildNode'))
})

test('rejects a page on the page', async () => {
  const { config, ports } = pageOf(asking())
  const nodes = config.nodes.map((child) => ({ ...child, nodeType: 'PageNode' }))
  const { action } = await runNode(pageNode, { config: { nodes }, ports })
  expect(action).toEqual(fail('Illegal child node type: PageNode'))
})

test.each([fail('broken'), suspend('Look at your mail')])(
  'passes on the action of a node: $kind',
  async (ending) => {
    const { given, config, ports } = pageOf(() => ending, asking())
    const { action } = await runNode(pageNode, { config, ports })
    expect(action).toEqual(ending)
    expect(given).toHaveLength(1)
  },
)

const texts = {
  pageHeader: { en: 'Sign in', fr: 'Connexion' },
  pageDescription: { en: 'Welcome' },
  stage: '{"themeId":"t-1"}',
}

test.each([
  ['asks', asking()],
  ['goes on', () => goTo('outcome')],
] satisfies [string, Child][])('a page that %s says its own texts and stage', async (_case, child) => {
  const loud: Child = (answers, state) => ({
    ...child(answers, state),
    header: 'of the node',
    stage: 'of the node',
  })
  const { config, ports } = pageOf(loud)
  const { action } = await runNode(pageNode, {
    config: { ...config, ...texts },
    ports,
    request: { locales: ['fr-CA'] },
  })
  expect(action).toMatchObject({ header: 'Connexion', description: 'Welcome', stage: texts.stage })
})

test('sends no texts if none are set', async () => {
  const { action } = await runNode(pageNode, pageOf(asking()))
  expect(Object.keys(action)).toEqual(['kind', 'callbacks', 'auditDetail'])
})

test('merges session properties of the nodes and drops their other extras', async () => {
  const { action } = await runNode(
    pageNode,
    pageOf(
      () => goTo('outcome', { sessionProperties: { a: '1', b: '1' }, errorMessage: 'lost' }),
      () => goTo('outcome', { sessionProperties: { b: null }, identified: { kind: 'user', name: 'u' } }),
    ),
  )
  expect(action).toEqual({
    kind: 'goTo',
    outcome: 'outcome',
    sessionProperties: { a: '1', b: null },
    auditDetail: expect.anything(),
  })
})

/** A page whose last node offers identity providers. */
function pageWithChoice(outcome: string) {
  const page = pageOf(asking(), asking(password, outcome))
  const [first, last] = page.config.nodes
  return { ...page, config: { nodes: [first ?? {}, { ...last, nodeType: 'SelectIdPNode' }] } }
}

test('skips the other nodes if the person chooses an identity provider', async () => {
  const { config, ports, given } = pageWithChoice('socialAuthentication')
  const shown = await runNode(pageNode, { config, ports })
  expect(ids(shown.action)).toHaveLength(2)
  given.length = 0
  const owners = shown.state.shared
  const names = callbacksOf(shown.action).map(({ type }) => type)
  expect(names).toEqual(['NameCallback', 'PasswordCallback'])
  const answers = answered([0, ''], [1, 'google', 'PasswordCallback'])
  const { action, state } = await runNode(pageNode, { config, ports, shared: owners, answers })
  expect(outcomeOf(action)).toBe('socialAuthentication')
  expect(given).toHaveLength(1)
  expect(state.shared).toEqual({})
})

test('requires the other nodes if the person signs in locally', async () => {
  const { config, ports } = pageWithChoice('localAuthentication')
  const { state } = await runNode(pageNode, { config, ports })
  const missing = answered([0, ''], [1, 'here', 'PasswordCallback'])
  const again = await runNode(pageNode, { config, ports, shared: state.shared, answers: missing })
  expect(callbacksOf(again.action).map(({ type }) => type)).toEqual(['NameCallback', 'PasswordCallback'])
  const all = answered([0, 'kim'], [1, 'here', 'PasswordCallback'])
  const { action } = await runNode(pageNode, { config, ports, shared: state.shared, answers: all })
  expect(outcomeOf(action)).toBe('localAuthentication')
})

test('reads nodes written as text, as in exports', async () => {
  const { given, ports } = pageOf(asking(), asking())
  const config = { nodes: ['c0:ChildNode:First', 'c1:ChildNode:1.0:Second'] }
  const { action } = await runNode(pageNode, { config, ports })
  expect(ids(action)).toEqual([0, 1])
  expect(given).toHaveLength(2)
})

const types: Record<string, AnyNodeType> = {
  UsernameCollectorNode: usernameCollector,
  ChoiceCollectorNode: choiceCollector,
}

/** Outcome ids of a page with a username and a choice, in the given order. */
function outcomeIds(page: AnyNodeType, order: ('name' | 'choice')[], choice: object) {
  const children = {
    name: { type: 'UsernameCollectorNode', version: '1.0', displayName: '', config: {}, reads: [] },
    choice: {
      type: 'ChoiceCollectorNode',
      version: '1.0',
      displayName: '',
      config: { ...choice },
      reads: [],
    },
  }
  const config = page.config.parse({
    nodes: order.map((id) => ({ _id: id, nodeType: children[id].type })),
  })
  const around = {
    typeNamed: (type: string) => types[type],
    child: (id: string) => (id === 'name' || id === 'choice' ? children[id] : undefined),
  }
  return outcomesOf(page, config, around)
}

const choice = { choices: ['Mail', 'Phone'], defaultChoice: 'Mail', prompt: 'How?' }

test('has the outcomes of the last node', () => {
  expect(outcomeIds(pageNode, ['name', 'choice'], choice)).toEqual([
    { id: 'Mail', displayName: 'Mail' },
    { id: 'Phone', displayName: 'Phone' },
  ])
  expect(outcomeIds(pageNode, ['choice', 'name'], choice)).toEqual([
    { id: 'outcome', displayName: 'Outcome' },
  ])
})

test('prefixes outcomes with their node in version 2.0', () => {
  expect(outcomeIds(pageNodeV2, ['name', 'choice'], choice)).toEqual([
    { id: 'choice-Mail', displayName: 'Mail' },
    { id: 'choice-Phone', displayName: 'Phone' },
  ])
})

test.each([
  ['that the page names', '2.0', '1.0'],
  ['of its own settings', undefined, '2.0'],
])('has the outcomes of the last node in the version %s', (_case, nodeVersion, version) => {
  const child = { _id: 'last', nodeType: 'ChoiceCollectorNode', ...(nodeVersion && { nodeVersion }) }
  const asked: (string | undefined)[] = []
  outcomesOf(pageNode, pageNode.config.parse({ nodes: [child] }), {
    typeNamed: (_type, version) => {
      asked.push(version)
      return undefined
    },
    child: () => ({ type: 'ChoiceCollectorNode', version, displayName: '', config: {}, reads: [] }),
  })
  expect(asked).toEqual(['2.0'])
})

test('has no outcomes if the page is empty or its last node has no settings', () => {
  expect(outcomeIds(pageNode, [], choice)).toEqual([])
  expect(outcomeIds(pageNode, ['name', 'choice'], {})).toEqual([])
})

test('has no outcomes if the page contains itself', () => {
  const config = pageNode.config.parse({ nodes: [{ _id: 'page', nodeType: 'PageNode' }] })
  const itself = { type: 'PageNode', version: '1.0', displayName: '', config: { ...config }, reads: [] }
  expect(outcomesOf(pageNode, config, { typeNamed: () => pageNode, child: () => itself })).toEqual([])
})
