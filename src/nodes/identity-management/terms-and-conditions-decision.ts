import { z } from 'zod'
import { fail, goTo } from '../../engine/action.ts'
import { decisionOutcomes } from '../../engine/node-type.ts'
import { defineNode } from '../define-node.ts'
import { attributeOf } from './object-attributes.ts'
import { identityAttribute, personErrors, personOrReason, personReads } from './person-of-journey.ts'
import { termsState } from './terms.ts'

/** Decides whether the person accepted the current terms. Source: "Terms and Conditions Decision node". */
export const termsAndConditionsDecision = defineNode({
  type: 'TermsAndConditionsDecisionNode',
  title: 'Terms and Conditions Decision',
  help: 'Takes the outcome `true` if the person accepted the current version of the realm’s terms, or the realm has none.',
  tags: ['identity management'],
  config: () => z.object({ identityAttribute: identityAttribute('userName') }),
  outcomes: decisionOutcomes,
  reads: (config) => personReads(config.identityAttribute),
  errors: { fail: personErrors },
  needs: ['identities', 'selfService'],
  async run({ config, state, identities, selfService: { terms } }) {
    const person = await personOrReason({ state, identities }, config.identityAttribute)
    if (typeof person === 'string') return fail(person)
    const accepted = attributeOf(person, `${termsState.accepted}/${termsState.version}`)
    return goTo(terms === null || accepted === terms.version ? 'true' : 'false')
  },
})
