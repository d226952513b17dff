import { z } from 'zod'
import { goTo } from '../../engine/action.ts'
import { decisionOutcomes } from '../../engine/node-type.ts'
import { defineNode, setting } from '../define-node.ts'

/** Decides by the authentication level. Source: "Auth Level Decision node". */
export const authLevelDecision = defineNode({
  type: 'AuthLevelDecisionNode',
  title: 'Auth Level Decision',
  help: 'Takes the outcome `true` if the journey has reached the required authentication level.',
  tags: ['utilities', 'session'],
  config: () =>
    z.object({
      authLevelRequirement: setting(
        'Sufficient Authentication Level',
        'Lowest sufficient level.',
        z.int().default(0),
      ),
    }),
  outcomes: decisionOutcomes,
  reads: () => ['authLevel'],
  reference: { keys: { authLevel: 'Authentication level that the journey has reached.' } },
  run({ config, state }) {
    const level = state.get('authLevel')
    return goTo(typeof level === 'number' && level >= config.authLevelRequirement ? 'true' : 'false')
  },
})
