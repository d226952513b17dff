import { expect, test } from 'vitest'
import { z } from 'zod'
import { answer, outcomeOf, runNode } from '../../../test/support/run-node.ts'
import type { JsonObject } from '../../base/json.ts'
import { type Action, enter, fail, goTo, send } from '../../engine/action.ts'
import { textOutput } from '../../engine/callbacks.ts'
import { type AnyNodeType, outcomesOf } from '../../engine/node-type.ts'
import { type NodePort, ScriptFailure, type ScriptOutcome, type ScriptRequest } from '../ports/ports.ts'
import { choiceCollector } from './choice-collector.ts'
import { configProvider } from './config-provider.ts'
import { innerTreeEvaluator } from './inner-tree-evaluator.ts'
import { pollingWait } from './polling-wait.ts'

const config = { nodeType: 'PollingWaitNode', script: 's-1' }
const waiting = { secondsToWait: 3, waitingMessage: { en: 'User has entered their credentials' } }

const types: Record<string, AnyNodeType> = {
  PollingWaitNode: pollingWait,
  InnerTreeEvaluatorNode: innerTreeEvaluator,
  ChoiceCollectorNode: choiceCollector,
  ConfigProviderNode: configProvider,
}

/** Ports for a script that leaves this state, and for an imitated node that returns the action. */
function imitating(left: Partial<ScriptOutcome>, action: Action | (() => Promise<Action>) = goTo('DONE')) {
  const requests: ScriptRequest[] = []
  const ran: Omit<Parameters<NodePort['imitate']>[0], 'state'>[] = []
  const scripts = {
    run: async (request: ScriptRequest): Promise<ScriptOutcome> => {
      requests.push(request)
      return { action: undefined, outcome: undefined, config: undefined, auditDetail: undefined, ...left }
    },
  }
  const nodes: NodePort = {
    typeNamed: (type, version) => (version === '9.0' ? undefined : types[type]),
    childType: () => undefined,
    runChild: async () => undefined,
    imitate: async ({ state, ...node }) => {
      ran.push(node)
      state.putShared('ran', true)
      return typeof action === 'function' ? action() : action
    },
  }
  return { requests, ran, ports: { scripts, nodes } }
}

test('runs as the other type, with its own id and the script’s settings', async () => {
  const { requests, ran, ports } = imitating({ config: waiting })
  const answers = [answer('PollingWaitCallback')]
  const { action, state, log } = await runNode(configProvider, { config, answers, ports })
  expect(action).toEqual(goTo('DONE'))
  expect(requests).toEqual([{ script: 's-1', as: 'config', inputs: ['*'] }])
  expect(ran).toEqual([
    {
      type: 'PollingWaitNode',
      version: undefined,
      config: waiting,
      answers,
    },
  ])
  expect(state.shared).toEqual({ ran: true })
  expect(log).toEqual([])
})

test.each([
  [2, '2.0'],
  ['2.0', '2.0'],
  ['2', '2.0'],
])('a node version of %j imitates version %s', async (nodeVersion, version) => {
  const { ran, ports } = imitating({ config: waiting })
  await runNode(configProvider, { config: { ...config, nodeVersion }, ports })
  expect(ran[0]).toMatchObject({ type: 'PollingWaitNode', version })
})

test('takes the outcome CONFIGURATION_FAILED for an unknown version', async () => {
  const { ran, ports } = imitating({ config: waiting })
  const { action } = await runNode(configProvider, { config: { ...config, nodeVersion: 9 }, ports })
  expect(action).toEqual(goTo('CONFIGURATION_FAILED'))
  expect(ran).toEqual([])
})

test('passes on the callbacks of the imitated type', async () => {
  const asking = send([textOutput('Wait')])
  const { action } = await runNode(configProvider, {
    config,
    ports: imitating({ config: waiting }, asking).ports,
  })
  expect(action).toEqual(asking)
})

test('accepts settings that leave out defaults', async () => {
  const { action } = await runNode(configProvider, { config, ports: imitating({ config: {} }).ports })
  expect(outcomeOf(action)).toBe('DONE')
})

test.each<[string, Partial<ScriptOutcome>]>([
  ['no config', {}],
  ['config that is text', { config: 'secondsToWait' }],
  ['config that is a list', { config: [waiting] }],
  ['config that is null', { config: null }],
  ['settings that do not fit the type', { config: { secondsToWait: 'long' } }],
  ['audit detail of a wrong type', { config: waiting, auditDetail: 1 }],
])('takes the outcome CONFIGURATION_FAILED for %s', async (_case, left) => {
  const { ran, ports } = imitating(left)
  const { action, log } = await runNode(configProvider, { config, ports })
  expect(action).toEqual(goTo('CONFIGURATION_FAILED'))
  expect(log).toEqual([{ level: 'error', message: 'Failed to configure node: PollingWaitNode' }])
  expect(ran).toEqual([])
})

test('takes the outcome CONFIGURATION_FAILED if the script throws', async () => {
  const { ran, ports } = imitating({})
  const scripts = { run: () => Promise.reject(new ScriptFailure('boom (line 1)')) }
  const { action, log } = await runNode(configProvider, { config, ports: { ...ports, scripts } })
  expect(action).toEqual(goTo('CONFIGURATION_FAILED'))
  expect(log).toEqual([{ level: 'error', message: 'Failed to configure node: PollingWaitNode' }])
  expect(ran).toEqual([])
})

test.each(['NoSuchNode', 'ChoiceCollectorNode', 'ConfigProviderNode'])(
  'does not imitate the type %s, and does not run its script',
  async (nodeType) => {
    const { requests, ran, ports } = imitating({ config: {} })
    const { action, log } = await runNode(configProvider, { config: { ...config, nodeType }, ports })
    expect(action).toEqual(goTo('CONFIGURATION_FAILED'))
    expect(log).toEqual([
      { level: 'warn', message: 'Failed to get outcome provider for node type.' },
      { level: 'error', message: `Failed to configure node: ${nodeType}` },
    ])
    expect([...requests, ...ran]).toEqual([])
  },
)

test('passes on errors of the imitated type', async () => {
  const { action, log } = await runNode(configProvider, {
    config,
    ports: imitating({ config: waiting }, fail('its own')).ports,
  })
  expect(action).toEqual(fail('its own'))
  expect(log).toEqual([])
})

test.each([new ScriptFailure('of a script inside'), new z.ZodError([]), new TypeError('ours')])(
  'passes on exceptions of the imitated type',
  async (thrown) => {
    const { ports } = imitating({ config: waiting }, () => Promise.reject(thrown))
    await expect(runNode(configProvider, { config, ports })).rejects.toBe(thrown)
  },
)

test('does not treat a defect of the script engine as a script failure', async () => {
  const scripts = { run: () => Promise.reject(new TypeError('ours')) }
  const ports = { ...imitating({}).ports, scripts }
  await expect(runNode(configProvider, { config, ports })).rejects.toThrow('ours')
})

test('keeps the settings of an inner journey in state while it runs', async () => {
  const settings = { tree: 'Verify' }
  const { action, state } = await runNode(configProvider, {
    config: { ...config, nodeType: 'InnerTreeEvaluatorNode' },
    ports: imitating({ config: settings }, enter('Verify', false)).ports,
  })
  expect(action).toEqual(enter('Verify', false))
  expect(state.shared.config).toEqual(settings)
})

test.each<[JsonObject | string]>([['seen'], [{ risk: 3 }]])(
  'adds audit detail %j to the audit event',
  async (auditDetail) => {
    const { action } = await runNode(configProvider, {
      config,
      ports: imitating({ config: waiting, auditDetail }).ports,
    })
    expect(action).toEqual(goTo('DONE', { auditDetail: { auditInfo: auditDetail } }))
  },
)

test('limits the script to its inputs, but not the imitated type', async () => {
  const { requests, ports } = imitating({ config: waiting })
  await runNode(configProvider, { config: { ...config, scriptInputs: ['transaction:data'] }, ports })
  expect(requests[0]?.inputs).toEqual(['transaction:data'])
  expect(configProvider.reads?.(configProvider.config.parse(config), 'node-1')).toEqual(['*'])
})

test.each([
  ['PollingWaitNode', ['DONE', 'EXITED', 'SPAM', 'CONFIGURATION_FAILED']],
  ['InnerTreeEvaluatorNode', ['true', 'false', 'error', 'CONFIGURATION_FAILED']],
  ['ChoiceCollectorNode', ['CONFIGURATION_FAILED']],
  ['NoSuchNode', ['CONFIGURATION_FAILED']],
])('offers for %s all outcomes whatever the settings: %j', (nodeType, ids) => {
  const around = { typeNamed: (type: string) => types[type], child: () => undefined }
  const settings = configProvider.config.parse({ ...config, nodeType })
  expect(outcomesOf(configProvider, settings, around).map(({ id }) => id)).toEqual(ids)
})
