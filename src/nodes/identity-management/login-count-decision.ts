import { z } from 'zod'
import { fail, goTo } from '../../engine/action.ts'
import { decisionOutcomes } from '../../engine/node-type.ts'
import { defineNode, setting } from '../define-node.ts'
import type { Person } from '../ports/ports.ts'
import {
  findPerson,
  identifierInState,
  identityAttribute,
  personErrors,
  personReads,
} from './person-of-journey.ts'

/** The person's number of sign-ins, if counted. */
export function loginCountOf(person: Person): number | undefined {
  return typeof person.loginCount === 'number' ? person.loginCount : undefined
}

/** Decides by the number of sign-ins. Source: "Login Count Decision node". */
export const loginCountDecision = defineNode({
  type: 'LoginCountDecisionNode',
  title: 'Login Count Decision',
  help: 'Takes the outcome `true` at a given number of sign-ins, or at each multiple of it.',
  tags: ['identity management'],
  config: () =>
    z.object({
      interval: setting(
        'Interval',
        '`AT`: once, when the count equals the amount. `EVERY`: at each multiple of the amount.',
        z.enum(['EVERY', 'AT']).default('AT'),
      ),
      amount: setting('Amount', 'Number of sign-ins.', z.int().positive().default(25)),
      identityAttribute: identityAttribute('userName'),
    }),
  outcomes: decisionOutcomes,
  reads: (config) => personReads(config.identityAttribute),
  errors: { fail: personErrors },
  needs: ['identities'],
  async run({ config, state, identities }) {
    const { amount, interval } = config
    if (identifierInState(state, config.identityAttribute) === undefined) {
      return fail(`${config.identityAttribute} not present in state`)
    }
    const person = await findPerson({ state, identities }, config.identityAttribute)
    if (person === undefined) return fail('Failed to retrieve existing object')
    const count = loginCountOf(person)
    if (count === undefined) return goTo('false')
    return goTo((interval === 'AT' ? count === amount : count % amount === 0) ? 'true' : 'false')
  },
})
