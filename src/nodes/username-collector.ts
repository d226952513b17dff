import { z } from 'zod'
import { goTo, send } from '../journey/action.ts'
import { callback } from '../journey/callbacks.ts'
import { singleOutcome } from '../journey/node-type.ts'
import { textAnswer } from './answers.ts'
import { defineNode, setting } from './define-node.ts'

/** Asks for the user name. An empty answer asks again. Source: "Username Collector node". */
export const usernameCollector = defineNode({
  type: 'UsernameCollectorNode',
  version: '1.0',
  title: 'Username Collector',
  help: 'Asks for the user name and keeps it in shared state as `username`.',
  tags: ['basic authn', 'basic authentication'],
  config: z.object({
    autocompleteValues: setting(
      'Autocomplete Values',
      'Hints for the browser on how to fill the field in. The page that draws it uses them.',
      z.array(z.string()).exactOptional(),
    ),
  }),
  outcomes: singleOutcome,
  writes: () => ['username'],
  callbacks: { NameCallback: 'The user name.' },
  needs: [],
  reference: { keys: { username: 'User name of the person.' } },
  run({ answers, state }) {
    const username = textAnswer(answers, 'NameCallback')
    if (!username) return send([callback('NameCallback', { prompt: 'User Name' })])
    state.putShared('username', username)
    return goTo('outcome')
  },
})
