import { z } from 'zod'
import { enter } from '../../engine/action.ts'
import { defineNode, setting } from '../define-node.ts'

/**
 * Runs another journey in its place; its two ends are the outcomes. An error inside ends both, unless there is
 * an outcome for it. Source: "Inner Tree Evaluator node".
 */
export const innerTreeEvaluator = defineNode({
  type: 'InnerTreeEvaluatorNode',
  version: '1.0',
  title: 'Inner Tree Evaluator',
  help: 'Runs another journey and goes on by how it ends.',
  tags: ['utilities'],
  config: z.object({
    tree: setting('Tree Name', 'The journey to run.', z.string().min(1), 'journey'),
    displayErrorOutcome: setting(
      'Error Outcome',
      'Whether an error in the other journey has an outcome of its own.',
      z.boolean().default(false),
    ),
  }),
  outcomes: {
    all: { true: 'True', false: 'False', error: 'Error' },
    offered: ({ displayErrorOutcome }) =>
      displayErrorOutcome ? ['true', 'false', 'error'] : ['true', 'false'],
  },
  writes: ({ displayErrorOutcome }) => (displayErrorOutcome ? ['errorNode', 'errorMessage'] : []),
  needs: [],
  reference: {
    outputs: 'whatever the other journey changes',
    keys: {
      errorNode: 'Which node of the other journey failed: `id`, `displayName` and `type`.',
      errorMessage: 'What it failed with.',
    },
    outcomes: {
      true: 'The other journey came to its success end.',
      false: 'It came to its failure end.',
      error: 'A node in it could not do its work.',
    },
  },
  run: ({ config }) => enter(config.tree, config.displayErrorOutcome),
})
