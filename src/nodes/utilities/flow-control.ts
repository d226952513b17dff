import { z } from 'zod'
import { goTo } from '../../engine/action.ts'
import { defineNode, setting } from '../define-node.ts'

/** Sends a part of all runs one way and the rest another. Source: "Flow Control node". */
export const flowControl = defineNode({
  type: 'FlowControlNode',
  version: '1.0',
  title: 'Flow Control',
  help: 'Leaves by one of two outcomes at random, for example to try something new with a few people.',
  tags: ['utilities'],
  family: 'decide',
  config: z.object({
    percentageA: setting(
      'Path A Percentage',
      'How many of a hundred runs leave by `A`.',
      z.int().min(0).max(100).default(50),
    ),
    outcomeADisplayName: setting(
      'Path A Name',
      'What the outcome `A` is called.',
      z.string().min(1).default('A'),
    ),
    outcomeBDisplayName: setting(
      'Path B Name',
      'What the outcome `B` is called.',
      z.string().min(1).default('B'),
    ),
  }),
  outcomes: {
    all: { A: 'A', B: 'B' },
    labels: (config) => ({ A: config.outcomeADisplayName, B: config.outcomeBDisplayName }),
  },
  needs: [],
  reference: { outcomes: { A: 'As often as **Path A Percentage** says.', B: 'The rest of the time.' } },
  run: ({ config, random }) => goTo(random * 100 < config.percentageA ? 'A' : 'B'),
})
