import { z } from 'zod'
import { type Action, goTo, send } from '../../engine/action.ts'
import { type Answer, callback } from '../../engine/callbacks.ts'
import type { NodeState } from '../../engine/node-state.ts'
import { singleOutcome } from '../../engine/node-type.ts'
import { textAnswer } from '../answers.ts'
import { defineNode, setting } from '../define-node.ts'

const config = z.object({
  autocompleteValues: setting(
    'Autocomplete Values',
    'Hints for the browser on how to fill the field in. The page that draws it uses them.',
    z.array(z.string()).exactOptional(),
  ),
})

const shared = {
  type: 'UsernameCollectorNode',
  title: 'Username Collector',
  help: 'Asks for the user name and keeps it in shared state as `username`.',
  tags: ['basic authn', 'basic authentication'],
  family: 'collect',
  outcomes: singleOutcome,
  writes: () => ['username'],
  callbacks: { NameCallback: 'The user name.' },
  needs: [],
  reference: { keys: { username: 'User name of the person.' } },
} as const

/** Asks for the user name. An empty answer asks again. Source: "Username Collector node". */
export const usernameCollector = defineNode({
  ...shared,
  version: '1.0',
  config,
  run: ({ answers, state }) => collect(answers, state),
})

/** The same, and it can show the name that is in state. Source: "Username Collector node", version 2.0. */
export const usernameCollectorV2 = defineNode({
  ...shared,
  version: '2.0',
  config: config.extend({
    prepopulate: setting(
      'Prepopulate',
      'Show the user name that the journey knows already.',
      z.boolean().default(false),
    ),
  }),
  reads: ({ prepopulate }) => (prepopulate ? ['username'] : []),
  run: ({ answers, state, config: { prepopulate } }) =>
    collect(answers, state, prepopulate ? state.getText('username') : undefined),
})

function collect(answers: readonly Answer[], state: NodeState, known?: string): Action<'outcome'> {
  const username = textAnswer(answers, 'NameCallback')
  if (username) {
    state.putShared('username', username)
    return goTo('outcome')
  }
  return send([callback('NameCallback', { prompt: 'User Name' }, known ? { '': known } : undefined)])
}
