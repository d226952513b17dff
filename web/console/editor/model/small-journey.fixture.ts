import type { Draft } from './draft.ts'
import { failureId, startId, successId } from './draft.ts'

const small: Draft = {
  tree: {
    _id: 'Small',
    entryNodeId: 'page',
    enabled: true,
    annotation: { kept: true },
    nodes: {
      page: {
        nodeType: 'PageNode',
        version: '1.0',
        displayName: 'Sign in',
        connections: { outcome: 'decide' },
        x: 160,
        y: 80,
      },
      decide: {
        nodeType: 'DataStoreDecisionNode',
        displayName: 'Check password',
        connections: { true: successId, false: 'wait' },
        x: 440,
        y: 80,
      },
      wait: {
        nodeType: 'PollingWaitNode',
        displayName: 'Wait 🙂',
        connections: { DONE: 'page', EXITED: failureId },
        x: 720,
        y: 80,
      },
    },
    staticNodes: {
      [startId]: { x: 48, y: 80 },
      [successId]: { x: 1000, y: 80 },
      [failureId]: { x: 1000, y: 160 },
    },
    uiConfig: { categories: '["Sign-in"]' },
  },
  nodes: {
    page: {
      _id: 'page',
      _type: { _id: 'PageNode', name: 'Page Node', collection: true },
      _outcomes: [{ id: 'outcome', displayName: 'Outcome' }],
      pageHeader: { en: 'Hello' },
      nodes: [
        { _id: 'name', nodeType: 'UsernameCollectorNode', displayName: 'User name', note: 'kept' },
        'password:PasswordCollectorNode:Password',
      ],
    },
    decide: { _id: 'decide', _type: { _id: 'DataStoreDecisionNode' } },
    wait: { _id: 'wait', _type: { _id: 'PollingWaitNode' }, secondsToWait: 3, unknown: [1, { two: null }] },
  },
  innerNodes: {
    name: { _id: 'name', _type: { _id: 'UsernameCollectorNode' } },
    password: { _id: 'password', _type: { _id: 'PasswordCollectorNode' } },
  },
}

/** A page with two nodes, a decision, and a wait that loops. */
export function smallJourney(): Draft {
  return structuredClone(small)
}
