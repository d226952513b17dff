import { z } from 'zod'
import { fail, goTo } from '../../engine/action.ts'
import { decisionOutcomes } from '../../engine/node-type.ts'
import { defineNode, setting } from '../define-node.ts'
import { identityAttribute, personErrors, personOrReason, personReads } from './person-of-journey.ts'

/** Matches the person with a query filter. Source: "Query Filter Decision node". */
export const queryFilterDecision = defineNode({
  type: 'QueryFilterDecisionNode',
  title: 'Query Filter Decision',
  help: 'Takes the outcome `true` if the person matches a query filter.',
  tags: ['identity management'],
  config: () =>
    z.object({
      queryFilter: setting(
        'Query Filter',
        'For example `!(/preferences pr) or /preferences/marketing eq false`.',
        z.string().min(1),
      ),
      identityAttribute: identityAttribute('userName'),
    }),
  outcomes: decisionOutcomes,
  reads: (config) => personReads(config.identityAttribute),
  errors: {
    fail: { ...personErrors, 'The query filter ‹what is wrong where›': '**Query Filter** is invalid.' },
  },
  needs: ['identities'],
  async run({ config, state, identities }) {
    const person = await personOrReason({ state, identities }, config.identityAttribute)
    if (typeof person === 'string') return fail(person)
    try {
      return goTo(identities.matches(person, config.queryFilter) ? 'true' : 'false')
    } catch (error) {
      return fail(error instanceof Error ? error.message : 'The query filter is not valid')
    }
  },
})
