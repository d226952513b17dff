import { z } from 'zod'
import { goTo } from '../../engine/action.ts'
import { decisionOutcomes } from '../../engine/node-type.ts'
import { defineNode, textSetting } from '../define-node.ts'
import { attributeOf, container, storeAttribute } from './object-attributes.ts'
import { findPerson, identityAttribute, personReads } from './person-of-journey.ts'

/** Finds a person without checking a credential. Source: "Identify Existing User node". */
export const identifyExistingUser = defineNode({
  type: 'IdentifyExistingUserNode',
  title: 'Identify Existing User',
  help: 'Finds the person who has the given value in an attribute. No match or several take the outcome `false`.',
  tags: ['identity management'],
  family: 'identity',
  config: () =>
    z.object({
      identifier: textSetting(
        'Identifier',
        'Attribute that becomes the username in state.',
        'userName',
        'attribute',
      ),
      identityAttribute: identityAttribute('mail'),
    }),
  outcomes: decisionOutcomes,
  reads: (config) => personReads(config.identityAttribute),
  writes: () => ['_id', 'username', container],
  needs: ['identities'],
  reference: {
    outputs: 'the identified person',
    keys: { _id: 'Object ID of the person.' },
    outcomes: { true: 'Exactly one person matches.', false: 'No person or several match.' },
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
