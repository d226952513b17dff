import { z } from 'zod'
import type { Json } from '../../base/json.ts'
import { fail, goTo } from '../../engine/action.ts'
import { decisionOutcomes } from '../../engine/node-type.ts'
import { defineNode, setting } from '../define-node.ts'
import { attributeOf } from './object-attributes.ts'
import { identityAttribute, personOrReason, personReads } from './person-of-journey.ts'

/** Compares an attribute of the person. Source: "Attribute Value Decision node". */
export const attributeValueDecision = defineNode({
  type: 'AttributeValueDecisionNode',
  title: 'Attribute Value Decision',
  help: 'Takes the outcome `true` if an attribute of the person has a value, or has a given value.',
  tags: ['identity management'],
  config: () =>
    z.object({
      comparisonAttribute: setting(
        'Comparison Attribute',
        'Attribute to compare. `parent/child` names a nested attribute.',
        z.string().min(1),
        'attribute',
      ),
      comparisonOperation: setting(
        'Comparison Operation',
        '`PRESENT` checks for any value, `EQUALS` for the value below.',
        z.enum(['PRESENT', 'EQUALS']).default('EQUALS'),
      ),
      comparisonValue: setting(
        'Comparison Value',
        'Value to compare, ignoring case. It is read as a number or boolean for attributes of that type.',
        z.string().exactOptional(),
      ),
      identityAttribute: identityAttribute('userName'),
    }),
  outcomes: decisionOutcomes,
  reads: (config) => personReads(config.identityAttribute),
  errors: {
    fail: {
      '‹identityAttribute› not present in state': 'State has neither that attribute nor a username.',
      'Failed to read object': 'No person, or more than one, has the value in the attribute.',
    },
  },
  needs: ['identities'],
  async run({ config, state, identities }) {
    const { comparisonAttribute, comparisonOperation, comparisonValue } = config
    const person = await personOrReason(
      { state, identities },
      config.identityAttribute,
      'Failed to read object',
    )
    if (typeof person === 'string') return fail(person)
    const isMatch =
      comparisonOperation === 'PRESENT'
        ? await identities.hasAttribute(person._id, comparisonAttribute)
        : comparisonValue !== undefined && isEqual(attributeOf(person, comparisonAttribute), comparisonValue)
    return goTo(isMatch ? 'true' : 'false')
  },
})

/** For a list, one matching entry suffices. */
function isEqual(value: Json, expected: string): boolean {
  if (Array.isArray(value)) return value.some((entry) => isEqual(entry, expected))
  if (typeof value === 'boolean') return value === (expected.toLowerCase() === 'true')
  if (typeof value === 'number') return expected.trim() !== '' && value === Number(expected)
  return typeof value === 'string' && value.toLowerCase() === expected.toLowerCase()
}
