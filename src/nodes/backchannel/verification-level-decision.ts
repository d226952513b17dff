import { z } from 'zod'
import { goTo } from '../../engine/action.ts'
import { levelOf, levels } from '../../engine/level.ts'
import { decisionOutcomes } from '../../engine/node-type.ts'
import { defineNode, setting } from '../define-node.ts'

/** Decides whether what the caller proved is enough for what shall be done. Ours, not AM's. */
export const verificationLevelDecision = defineNode({
  type: 'SidegateVerificationLevelDecisionNode',
  version: '1.0',
  title: 'Verification Level Decision',
  help: 'Leaves by `true` when the methods that proved right so far are enough: one factor, two of different kinds, or a passkey.',
  tags: ['backchannel', 'sidegate'],
  config: z.object({
    level: setting(
      'Level',
      '1 is one factor, 2 is two factors of different kinds, 3 is a method that no phishing page can relay.',
      z.literal(levels).default(2),
    ),
  }),
  outcomes: decisionOutcomes,
  reads: () => ['username'],
  needs: [],
  reference: {
    inputs: 'the methods by which the person under `username` has proved who they are in this journey',
    outcomes: { true: 'The level is reached.', false: 'It is not.' },
    example:
      'Before Success of a journey that lets a help desk reset a second factor: a password alone does not verify there.',
  },
  async run({ config, methods }) {
    return goTo(levelOf(await methods()) >= config.level ? 'true' : 'false')
  },
})
