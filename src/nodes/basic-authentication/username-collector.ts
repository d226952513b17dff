import { z } from 'zod'
import { type Action, goTo, send } from '../../engine/action.ts'
import { type Answer, callback } from '../../engine/callbacks.ts'
import type { NodeState } from '../../engine/node-state.ts'
import { singleOutcome } from '../../engine/node-type.ts'
import { autocompleteOutput, textAnswer } from '../answers.ts'
import { defineNode, flagSetting, setting } from '../define-node.ts'

const config = () =>
  z.object({
    autocompleteValues: setting(
      'Autocomplete Values',
      'Hints for the browser’s autocomplete. The page that shows the field applies them.',
      z.array(z.string()).exactOptional(),
    ),
  })

const shared = {
  type: 'UsernameCollectorNode',
  title: 'Username Collector',
  help: 'Asks for the username and stores it in shared state as `username`.',
  tags: ['basic authn', 'basic authentication'],
  family: 'collect',
  outcomes: singleOutcome,
  writes: () => ['username'],
  callbacks: { NameCallback: 'The username.' },
  needs: [],
  reference: { keys: { username: 'The person’s username.' } },
} as const

/** Asks for the username until it is not empty. Source: "Username Collector node". */
export const usernameCollector = defineNode({
  ...shared,
  version: '1.0',
  config,
  run: ({ answers, state, config }) => collect(answers, state, config),
})

/** Version 2.0 can show the username in state. Source: "Username Collector node", version 2.0. */
export const usernameCollectorV2 = defineNode({
  ...shared,
  version: '2.0',
  config: () =>
    config().extend({
      prepopulate: flagSetting('Prepopulate', 'Shows the username that state already has.'),
    }),
  reads: ({ prepopulate }) => (prepopulate ? ['username'] : []),
  run: ({ answers, state, config }) =>
    collect(answers, state, config, config.prepopulate ? state.getText('username') : undefined),
})

function collect(
  answers: readonly Answer[],
  state: NodeState,
  { autocompleteValues }: z.infer<ReturnType<typeof config>>,
  known?: string,
): Action<'outcome'> {
  const username = textAnswer(answers, 'NameCallback')
  if (username) {
    state.putShared('username', username)
    return goTo('outcome')
  }
  const output = { prompt: 'User Name', ...autocompleteOutput(autocompleteValues) }
  return send([callback('NameCallback', output, known ? { '': known } : undefined)])
}
