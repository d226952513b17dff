import { z } from 'zod'
import { goTo } from '../../engine/action.ts'
import { defineNode, setting } from '../define-node.ts'

/** Takes one of two outcomes at random. Source: "Flow Control node". */
export const flowControl = defineNode({
  type: 'FlowControlNode',
  title: 'Flow Control',
  help: 'Takes one of two outcomes at random, for example to roll out a change gradually.',
  tags: ['utilities'],
  family: 'decide',
  config: () =>
    z.object({
      percentageA: setting(
        'Path A Percentage',
        'Percentage of runs that take the outcome `A`.',
        z.int().min(0).max(100).default(50),
      ),
      outcomeADisplayName: setting(
        'Path A Name',
        'Label of the outcome `A`.',
        z.string().min(1).default('A'),
      ),
      outcomeBDisplayName: setting(
        'Path B Name',
        'Label of the outcome `B`.',
        z.string().min(1).default('B'),
      ),
    }),
  outcomes: {
    all: { A: 'A', B: 'B' },
    labels: (config) => ({ A: config.outcomeADisplayName, B: config.outcomeBDisplayName }),
  },
  reference: {
    outcomes: { A: 'Taken in **Path A Percentage** of all runs.', B: 'Taken in all other runs.' },
  },
  run: ({ config, random }) => goTo(random * 100 < config.percentageA ? 'A' : 'B'),
})
