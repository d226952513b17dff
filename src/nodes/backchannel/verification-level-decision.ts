import { z } from 'zod'
import { goTo } from '../../engine/action.ts'
import { levelOf, levels } from '../../engine/level.ts'
import { decisionOutcomes } from '../../engine/node-type.ts'
import { defineNode, setting } from '../define-node.ts'

/** Decides whether the caller's proofs suffice for the requested action. Our own node type. */
// rule H12: otherwise a journey cannot require a level
export const verificationLevelDecision = defineNode({
  type: 'SidegateVerificationLevelDecisionNode',
  title: 'Verification Level Decision',
  help: 'Takes the outcome `true` if the methods proved so far reach a level: one factor, two factors of different kinds, or a passkey.',
  tags: ['backchannel', 'sidegate'],
  config: () =>
    z.object({
      level: setting(
        'Level',
        '1: one factor. 2: two factors of different kinds. 3: a method that resists phishing.',
        z.literal(levels).default(2),
      ),
    }),
  outcomes: decisionOutcomes,
  reads: () => ['username'],
  reference: {
    inputs: 'the methods by which the person under `username` has authenticated in this journey',
    outcomes: { true: 'The level is reached.', false: 'The level is not reached.' },
    example: 'The last node of a journey for resets of second factors, where a password alone is not enough.',
  },
  async run({ config, methods }) {
    return goTo(levelOf(await methods()) >= config.level ? 'true' : 'false')
  },
})
