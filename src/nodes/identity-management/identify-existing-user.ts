import { z } from 'zod'
import { goTo } from '../../engine/action.ts'
import { decisionOutcomes } from '../../engine/node-type.ts'
import { defineNode, setting } from '../define-node.ts'
import { attributeOf, container, storeAttribute } from './object-attributes.ts'
import { findPerson, identityAttribute, personReads } from './person-of-journey.ts'

/** Looks a person up without checking anything about them. Source: "Identify Existing User node". */
export const identifyExistingUser = defineNode({
  type: 'IdentifyExistingUserNode',
  version: '1.0',
  title: 'Identify Existing User',
  help: 'Finds the person that has the given value in an attribute. Nobody, or more than one, leaves by `false`.',
  tags: ['identity management'],
  family: 'identity',
  config: z.object({
    identifier: setting(
      'Identifier',
      "Attribute of the person found that becomes the journey's user name.",
      z.string().default('userName'),
      'attribute',
    ),
    identityAttribute: identityAttribute('mail'),
  }),
  outcomes: decisionOutcomes,
  reads: (config) => personReads(config.identityAttribute),
  writes: () => ['_id', 'username', container],
  needs: ['identities'],
  reference: {
    outputs: 'who the person is',
    keys: { _id: 'Object id of the person.' },
    outcomes: { true: 'There is exactly one.', false: 'There is none, or more than one.' },
  },
  async run({ config, state, identities }) {
    const person = await findPerson({ state, identities }, config.identityAttribute)
    if (person === undefined) return goTo('false')
    if (Array.isArray(person.aliasList)) storeAttribute(state, 'transient', 'aliasList', person.aliasList)
    state.putShared('_id', person._id)
    const name = config.identifier === '' ? null : attributeOf(person, config.identifier)
    if (typeof name === 'string') {
      state.putShared('username', name)
      storeAttribute(state, 'shared', config.identifier, name)
    }
    return goTo('true', { identified: { kind: 'user', name: person._id } })
  },
})
