import { z } from 'zod'
import { fail, goTo } from '../../engine/action.ts'
import { decisionOutcomes } from '../../engine/node-type.ts'
import { defineNode, setting } from '../define-node.ts'
import { findPerson, identifierInState, identityAttribute, personReads } from './person-of-journey.ts'

/** Tells whether a person has a value, even one that nobody may see. Source: "Attribute Present Decision node". */
export const attributePresentDecision = defineNode({
  type: 'AttributePresentDecisionNode',
  version: '1.0',
  title: 'Attribute Present Decision',
  help: 'Leaves by `true` when the person has a value in an attribute, a password included. Nobody has none.',
  tags: ['identity management'],
  config: z.object({
    presentAttribute: setting(
      'Present Attribute',
      'Attribute that must have a value.',
      z.string().min(1).default('password'),
      'attribute',
    ),
    identityAttribute: identityAttribute('userName'),
  }),
  outcomes: decisionOutcomes,
  reads: (config) => personReads(config.identityAttribute),
  errors: {
    fail: { '‹identityAttribute› not present in state': 'State has neither that attribute nor a user name.' },
  },
  needs: ['identities'],
  async run({ config, state, identities }) {
    if (identifierInState(state, config.identityAttribute) === undefined) {
      return fail(`${config.identityAttribute} not present in state`)
    }
    const person = await findPerson({ state, identities }, config.identityAttribute)
    const isPresent = person && (await identities.hasAttribute(person._id, config.presentAttribute))
    return goTo(isPresent ? 'true' : 'false')
  },
})
