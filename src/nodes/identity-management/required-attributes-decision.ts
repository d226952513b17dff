import { z } from 'zod'
import { fail, goTo } from '../../engine/action.ts'
import { decisionOutcomes } from '../../engine/node-type.ts'
import { defineNode } from '../define-node.ts'
import { identityResource, otherResource, otherResourceErrors } from './identity-resource.ts'
import { attributeInState } from './object-attributes.ts'

/** Decides whether all required attributes were collected. Source: "Required Attributes Present node". */
export const requiredAttributesDecision = defineNode({
  type: 'RequiredAttributesDecisionNode',
  title: 'Required Attributes Present',
  help: 'Takes the outcome `true` if the journey collected every attribute that a person requires.',
  tags: ['identity management'],
  config: () => z.object({ identityResource }),
  outcomes: decisionOutcomes,
  // The schema's required attributes are known only at run time.
  reads: () => ['*'],
  errors: { fail: otherResourceErrors },
  needs: ['identities'],
  run(context) {
    const { state, identities } = context
    const mismatch = otherResource(context, 'object type')
    if (mismatch !== undefined) return fail(mismatch)
    const isMissing = identities.requiredAttributes.some((name) => attributeInState(state, name) === null)
    return goTo(isMissing ? 'false' : 'true')
  },
})
