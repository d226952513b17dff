import { z } from 'zod'
import { fail, goTo } from '../../engine/action.ts'
import { decisionOutcomes } from '../../engine/node-type.ts'
import { defineNode } from '../define-node.ts'
import { storedAnswers } from './kba.ts'
import { findPerson, identityAttribute, personReads } from './person-of-journey.ts'

/** Decides whether the person has enough security questions. Source: "KBA Decision node". */
export const kbaDecision = defineNode({
  type: 'KbaDecisionNode',
  title: 'KBA Decision',
  help: 'Takes the outcome `true` if the person has as many security questions as the realm requires.',
  tags: ['identity management'],
  config: () => z.object({ identityAttribute: identityAttribute('userName') }),
  outcomes: decisionOutcomes,
  reads: (config) => personReads(config.identityAttribute),
  errors: {
    fail: { 'Unable to read object': 'No person, or more than one, has the value in the attribute.' },
  },
  needs: ['identities', 'selfService'],
  async run({ config, state, identities, selfService: { kba } }) {
    const person = await findPerson({ state, identities }, config.identityAttribute)
    if (person === undefined) return fail('Unable to read object')
    const count = storedAnswers(person, kba.kbaPropertyName).length
    return goTo(count >= kba.minimumAnswersToDefine ? 'true' : 'false')
  },
})
