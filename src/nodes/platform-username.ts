import { z } from 'zod'
import { goTo } from '../journey/action.ts'
import { singleOutcome } from '../journey/node-type.ts'
import { defineNode, setting } from './define-node.ts'
import { container, storeAttribute } from './object-attributes.ts'
import { askForCredential } from './validated-credential.ts'

/** Asks for a user name, checked against the realm's policies if wanted. Source: "Platform Username node". */
export const platformUsername = defineNode({
  type: 'ValidatedUsernameNode',
  version: '1.0',
  title: 'Platform Username',
  help: 'Asks for the user name and keeps it for signing in and for creating a person. Can insist on one that policies allow.',
  tags: ['identity management'],
  config: z.object({
    validateInput: setting(
      'Validate username',
      'Accept only a user name that the policies allow, for example one that is free.',
      z.boolean().default(false),
    ),
    usernameAttribute: setting(
      'Username Attribute',
      'Attribute that holds the user name.',
      z.string().default('userName'),
    ),
    autocompleteValues: setting(
      'Autocomplete Values',
      'Hints to the browser about what may be filled in, for example `username webauthn`.',
      z.array(z.string()).default([]),
    ),
  }),
  outcomes: singleOutcome,
  reads: () => [container],
  writes: () => ['username', container],
  asks: true,
  needs: ['identities'],
  async run(context) {
    const { config, state } = context
    const username = await askForCredential(
      {
        attribute: config.usernameAttribute,
        prompt: 'User Name',
        isValidated: config.validateInput,
        plain: 'NameCallback',
        validated: 'ValidatedCreateUsernameCallback',
      },
      context,
    )
    if (typeof username !== 'string') return username
    // AM accepts an empty name and goes on without one.
    if (username !== '') {
      storeAttribute(state, 'shared', config.usernameAttribute, username)
      state.putShared('username', username)
    }
    return goTo('outcome')
  },
})
