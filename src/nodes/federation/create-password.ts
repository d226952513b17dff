import { z } from 'zod'
import { fail, goTo, send } from '../../engine/action.ts'
import { callback, textOutput } from '../../engine/callbacks.ts'
import { singleOutcome } from '../../engine/node-type.ts'
import { defineNode, setting } from '../define-node.ts'

/** Asks for a new password and its confirmation. Source: "Create Password node". */
export const createPassword = defineNode({
  type: 'CreatePasswordNode',
  title: 'Create Password',
  help: 'Asks the person for a new password and stores it in transient state for a node that provisions an account.',
  tags: ['social', 'federation'],
  config: () =>
    z.object({
      minPasswordLength: setting(
        'Minimum Password Length',
        'Minimum length of the password.',
        z.int().min(0).default(8),
      ),
    }),
  outcomes: singleOutcome,
  writes: () => ['password'],
  callbacks: {
    PasswordCallback: 'The password and its confirmation.',
    TextOutputCallback: 'The reason why the entered password is invalid.',
  },
  errors: {
    fail: {
      'There should be 2 PasswordCallback and ‹n› has been found':
        'The client did not answer both callbacks.',
    },
  },
  run({ config: { minPasswordLength }, answers, state }) {
    const typed = answers.filter(({ type }) => type === 'PasswordCallback').map(({ input }) => input[''])
    if (typed.length === 0) return ask()
    const [password, confirmed] = typed
    if (typed.length !== 2) {
      return fail(`There should be 2 PasswordCallback and ${typed.length} has been found`)
    }
    if (typeof password !== 'string' || password.trim() === '') return ask()
    if (password.length < minPasswordLength) {
      return ask(`Password must be a minimum of ${minPasswordLength} characters`)
    }
    if (password !== confirmed) return ask('Passwords do not match')
    state.putTransient('password', password)
    return goTo('outcome')
  },
})

function ask(complaint?: string) {
  return send([
    callback('PasswordCallback', { prompt: 'Create a password' }),
    callback('PasswordCallback', { prompt: 'Confirm password' }),
    ...(complaint === undefined ? [] : [textOutput(complaint, '2')]),
  ])
}
