import { goTo, send } from '../../engine/action.ts'
import { callback } from '../../engine/callbacks.ts'
import { singleOutcome } from '../../engine/node-type.ts'
import { textAnswer } from '../answers.ts'
import { defineNode } from '../define-node.ts'

/** Asks for the password until it is not empty. Source: "Password Collector node". */
export const passwordCollector = defineNode({
  type: 'PasswordCollectorNode',
  title: 'Password Collector',
  help: 'Asks for the password and stores it in transient state as `password`.',
  tags: ['basic authn', 'basic authentication'],
  family: 'collect',
  outcomes: singleOutcome,
  writes: () => ['password'],
  callbacks: { PasswordCallback: 'The password.' },
  reference: { keys: { password: 'The password, in transient state.' } },
  run({ answers, state }) {
    const password = textAnswer(answers, 'PasswordCallback')
    if (!password) return send([callback('PasswordCallback', { prompt: 'Password' })])
    state.putTransient('password', password)
    return goTo('outcome')
  },
})
