import { z } from 'zod'
import { fail, goTo } from '../../engine/action.ts'
import { decisionOutcomes } from '../../engine/node-type.ts'
import { defineNode, setting } from '../define-node.ts'
import type { IdentityPort, Person } from '../ports/ports.ts'
import { attributeOf } from './object-attributes.ts'
import { identityAttribute, personErrors, personOrReason, personReads } from './person-of-journey.ts'

/** Decides by the share of filled-in attributes. Source: "Profile Completeness Decision node". */
export const profileCompletenessDecision = defineNode({
  type: 'ProfileCompletenessDecisionNode',
  title: 'Profile Completeness Decision',
  help: 'Takes the outcome `true` if the person has filled in more than a percentage of the attributes that they may edit.',
  tags: ['identity management'],
  config: () =>
    z.object({
      threshold: setting(
        'Profile Completeness Threshold',
        'Percentage that must be exceeded.',
        z.int().min(0).max(100),
      ),
      identityAttribute: identityAttribute('userName'),
    }),
  outcomes: decisionOutcomes,
  reads: (config) => personReads(config.identityAttribute),
  errors: { fail: personErrors },
  needs: ['identities'],
  async run({ config, state, identities }) {
    const person = await personOrReason({ state, identities }, config.identityAttribute)
    if (typeof person === 'string') return fail(person)
    return goTo(completenessOf(person, identities) > config.threshold ? 'true' : 'false')
  },
})

/** Percentage of filled-in attributes. */
function completenessOf(
  person: Person,
  { attributeNames, attribute }: Pick<IdentityPort, 'attributeNames' | 'attribute'>,
): number {
  const offered = attributeNames.filter((name) => {
    const found = attribute(name)
    return found?.viewable === true && found.userEditable
  })
  const filled = offered.filter((name) => !isEmpty(attributeOf(person, name)))
  return offered.length === 0 ? 0 : (100 * filled.length) / offered.length
}

function isEmpty(value: unknown): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0)
}
