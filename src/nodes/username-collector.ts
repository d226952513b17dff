import { goTo, send } from '../journey/action.ts'
import { callback } from '../journey/callbacks.ts'
import { singleOutcome } from '../journey/node-type.ts'
import { textAnswer } from './answers.ts'
import { defineNode, noSettings } from './define-node.ts'

/** Asks for the user name. An empty answer asks again. Source: "Username Collector node". */
export const usernameCollector = defineNode({
  type: 'UsernameCollectorNode',
  version: '1.0',
  title: 'Username Collector',
  help: 'Asks for the user name and keeps it in shared state as `username`.',
  tags: ['basic authn', 'basic authentication'],
  config: noSettings,
  outcomes: singleOutcome,
  writes: () => ['username'],
  needs: [],
  run({ answers, state }) {
    const username = textAnswer(answers, 'NameCallback')
    if (!username) return send([callback('NameCallback', { prompt: 'User Name' })])
    state.putShared('username', username)
    return goTo('outcome')
  },
})
