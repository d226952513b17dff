import { z } from 'zod'
import { fail, goTo } from '../../engine/action.ts'
import { decisionOutcomes } from '../../engine/node-type.ts'
import { defineNode, setting } from '../define-node.ts'
import { findPerson, identifierInState, identityAttribute, personReads } from './person-of-journey.ts'

/** Decides whether an attribute has a value, even a hidden one. Source: "Attribute Present Decision node". */
export const attributePresentDecision = defineNode({
  type: 'AttributePresentDecisionNode',
  title: 'Attribute Present Decision',
  help: 'Takes the outcome `true` if the person has a value in an attribute, including hidden ones such as the password. An unknown person has none.',
  tags: ['identity management'],
  config: () =>
    z.object({
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
    fail: { '‹identityAttribute› not present in state': 'State has neither that attribute nor a username.' },
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
