import { z } from 'zod'
import { fail, goTo } from '../../engine/action.ts'
import type { Json } from '../../engine/json.ts'
import { decisionOutcomes } from '../../engine/node-type.ts'
import { defineNode, setting } from '../define-node.ts'
import { attributeOf } from './object-attributes.ts'
import { identityAttribute, personOrReason, personReads } from './person-of-journey.ts'

/** Compares an attribute of a person. Source: "Attribute Value Decision node". */
export const attributeValueDecision = defineNode({
  type: 'AttributeValueDecisionNode',
  version: '1.0',
  title: 'Attribute Value Decision',
  help: 'Leaves by `true` when an attribute of the person has a value, or has a certain one.',
  tags: ['identity management'],
  config: z.object({
    comparisonAttribute: setting(
      'Comparison Attribute',
      'Attribute to look at; `parent/child` for one inside another.',
      z.string().min(1),
      'attribute',
    ),
    comparisonOperation: setting(
      'Comparison Operation',
      '`PRESENT` asks whether there is a value, `EQUALS` whether it is the one below.',
      z.enum(['PRESENT', 'EQUALS']).default('EQUALS'),
    ),
    comparisonValue: setting(
      'Comparison Value',
      'The value, whatever the case. Read as a number or as true or false where the attribute is one.',
      z.string().exactOptional(),
    ),
    identityAttribute: identityAttribute('userName'),
  }),
  outcomes: decisionOutcomes,
  reads: (config) => personReads(config.identityAttribute),
  errors: {
    fail: {
      '‹identityAttribute› not present in state': 'State has neither that attribute nor a user name.',
      'Failed to read object': 'Nobody, or more than one person, has the value in the attribute.',
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
        : comparisonValue !== undefined && isOne(attributeOf(person, comparisonAttribute), comparisonValue)
    return goTo(isMatch ? 'true' : 'false')
  },
})

/** Of a list, one entry is enough. */
function isOne(held: Json, wanted: string): boolean {
  if (Array.isArray(held)) return held.some((entry) => isOne(entry, wanted))
  if (typeof held === 'boolean') return held === (wanted.toLowerCase() === 'true')
  if (typeof held === 'number') return wanted.trim() !== '' && held === Number(wanted)
  return typeof held === 'string' && held.toLowerCase() === wanted.toLowerCase()
}
