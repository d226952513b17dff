import { z } from 'zod'
import { goTo } from '../../engine/action.ts'
import { singleOutcome } from '../../engine/node-type.ts'
import { defineNode, flagSetting, textSetting } from '../define-node.ts'
import { attributeInState, container, storeAttribute } from './object-attributes.ts'
import { policyErrors } from './policy-checks.ts'
import { askForCredential } from './validated-credential.ts'

/** Asks for a password, and optionally validates it. Source: "Platform Password node". */
export const platformPassword = defineNode({
  type: 'ValidatedPasswordNode',
  title: 'Platform Password',
  help: 'Asks for the password and stores it in transient state, for signing in or creating a person. Can require a valid one.',
  tags: ['identity management'],
  family: 'collect',
  config: () =>
    z.object({
      validateInput: flagSetting('Validate password', 'Accepts only a password that the policies allow.'),
      passwordAttribute: textSetting(
        'Password Attribute',
        'Attribute that holds the password.',
        'password',
        'attribute',
      ),
    }),
  outcomes: singleOutcome,
  reads: () => ['_id', container],
  writes: () => ['password', container],
  callbacks: {
    PasswordCallback: 'The password.',
    ValidatedCreatePasswordCallback: 'The password, with **Validate password**.',
  },
  errors: policyErrors,
  needs: ['identities'],
  async run(context) {
    const { config, state } = context
    const id = attributeInState(state, '_id')
    const password = await askForCredential(
      {
        attribute: config.passwordAttribute,
        prompt: 'Password',
        isValidated: config.validateInput,
        plain: 'PasswordCallback',
        validated: 'ValidatedCreatePasswordCallback',
        personId: typeof id === 'string' ? id : undefined,
      },
      context,
    )
    if (typeof password !== 'string') return password
    storeAttribute(state, 'transient', config.passwordAttribute, password)
    state.putTransient('password', password)
    return goTo('outcome')
  },
})
