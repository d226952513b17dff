import { z } from 'zod'
import { fail, goTo, send } from '../../engine/action.ts'
import { textOutput } from '../../engine/callbacks.ts'
import { singleOutcome } from '../../engine/node-type.ts'
import { defineNode, textSetting } from '../define-node.ts'
import { attributeInState, attributeOf } from './object-attributes.ts'
import { findPerson, identityAttribute, personReads } from './person-of-journey.ts'

/**
 * Shows the username. The state key is case-sensitive: `username` is not `userName`. Source: "Display Username node".
 */
export const displayUsername = defineNode({
  type: 'DisplayUserNameNode',
  title: 'Display Username',
  help: 'Shows the username from state, or from the person that state identifies.',
  tags: ['identity management'],
  family: 'collect',
  config: () =>
    z.object({
      userName: textSetting('User Name', 'Attribute that holds the name to show.', 'userName', 'attribute'),
      identityAttribute: identityAttribute('mail'),
    }),
  outcomes: singleOutcome,
  reads: (config) => [config.userName, ...personReads(config.identityAttribute)],
  callbacks: { TextOutputCallback: 'The username.' },
  errors: {
    fail: {
      'Failed to retrieve existing object': 'State identifies no person, or more than one matches.',
      'Unable to find username to display': 'The person has no text in **User Name**.',
    },
  },
  needs: ['identities'],
  async run({ config, state, identities, answers }) {
    if (answers.some(({ type }) => type === 'TextOutputCallback')) return goTo('outcome')
    let name = attributeInState(state, config.userName)
    if (typeof name !== 'string') {
      const person = await findPerson({ state, identities }, config.identityAttribute)
      if (person === undefined) return fail('Failed to retrieve existing object')
      name = attributeOf(person, config.userName)
    }
    if (typeof name !== 'string' || name === '') return fail('Unable to find username to display')
    return send([textOutput(name)])
  },
})
