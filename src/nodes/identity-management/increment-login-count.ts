import { z } from 'zod'
import { goTo } from '../../engine/action.ts'
import { singleOutcome } from '../../engine/node-type.ts'
import { defineNode } from '../define-node.ts'
import { loginCountOf } from './login-count-decision.ts'
import { findPerson, identityAttribute, personReads } from './person-of-journey.ts'

/** Counts a sign-in. Errors don't stop the journey. Source: "Increment Login Count node". */
export const incrementLoginCount = defineNode({
  type: 'IncrementLoginCountNode',
  title: 'Increment Login Count',
  help: 'Adds one to the person’s number of sign-ins. Errors are only logged.',
  tags: ['identity management'],
  family: 'identity',
  config: () => z.object({ identityAttribute: identityAttribute('userName') }),
  outcomes: singleOutcome,
  reads: (config) => personReads(config.identityAttribute),
  errors: {
    warn: { 'Unable to increment login count': 'No person was found, or the count could not be saved.' },
  },
  needs: ['identities'],
  reference: { outputs: 'the person’s attribute `loginCount`' },
  async run({ config, state, identities, log }) {
    try {
      const person = await findPerson({ state, identities }, config.identityAttribute)
      if (person === undefined) throw new Error('No object to increment')
      await identities.patch(person._id, { loginCount: (loginCountOf(person) ?? 0) + 1 })
    } catch (error) {
      log.warn('Unable to increment login count', error)
    }
    return goTo('outcome')
  },
})
