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

/** How often a person has signed in, where that is counted. */
export function loginCountOf(person: Person): number | undefined {
  return typeof person.loginCount === 'number' ? person.loginCount : undefined
}

/** Tells whether it is a certain sign-in, or every nth one. Source: "Login Count Decision node". */
export const loginCountDecision = defineNode({
  type: 'LoginCountDecisionNode',
  version: '1.0',
  title: 'Login Count Decision',
  help: 'Leaves by `true` at a certain sign-in of the person, or at every nth one.',
  tags: ['identity management'],
  config: z.object({
    interval: setting(
      'Interval',
      '`AT` means once, when the count is the amount; `EVERY` means each time the count is a multiple of it.',
      z.enum(['EVERY', 'AT']).default('AT'),
    ),
    amount: setting('Amount', 'The number of sign-ins.', z.int().positive().default(25)),
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
