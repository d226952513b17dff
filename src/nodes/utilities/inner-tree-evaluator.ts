import { z } from 'zod'
import { enter } from '../../engine/action.ts'
import { defineNode, flagSetting, setting } from '../define-node.ts'

/**
 * Runs an inner journey, whose ends are the outcomes. An error inside ends both journeys unless the error outcome is
 * enabled. Source: "Inner Tree Evaluator node".
 */
export const innerTreeEvaluator = defineNode({
  type: 'InnerTreeEvaluatorNode',
  title: 'Inner Tree Evaluator',
  help: 'Runs an inner journey and takes its result as outcome.',
  tags: ['utilities'],
  config: () =>
    z.object({
      tree: setting('Tree Name', 'The journey to run.', z.string().min(1), 'journey'),
      displayErrorOutcome: flagSetting('Error Outcome', 'Adds an outcome for errors in the inner journey.'),
    }),
  outcomes: {
    all: { true: 'True', false: 'False', error: 'Error' },
    offered: ({ displayErrorOutcome }) =>
      displayErrorOutcome ? ['true', 'false', 'error'] : ['true', 'false'],
  },
  writes: ({ displayErrorOutcome }) => (displayErrorOutcome ? ['errorNode', 'errorMessage'] : []),
  reference: {
    outputs: 'whatever the inner journey changes',
    keys: {
      errorNode: 'The node of the inner journey that failed: `id`, `displayName` and `type`.',
      errorMessage: 'The error of that node.',
    },
    outcomes: {
      true: 'The inner journey succeeded.',
      false: 'The inner journey failed.',
      error: 'A node in the inner journey reported an error.',
    },
  },
  run: ({ config }) => enter(config.tree, config.displayErrorOutcome),
})
