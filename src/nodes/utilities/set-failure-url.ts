import { z } from 'zod'
import { goTo } from '../../engine/action.ts'
import { singleOutcome } from '../../engine/node-type.ts'
import { defineNode, setting } from '../define-node.ts'

/** Sets the URL to open after a failure. Source: "Failure URL node". */
export const setFailureUrl = defineNode({
  type: 'SetFailureUrlNode',
  title: 'Failure URL',
  help: 'Sets the URL that the browser opens when the journey fails.',
  tags: ['utilities', 'result'],
  config: () =>
    z.object({
      failureUrl: setting('Failure URL', 'URL to open after a failure.', z.string().min(1)),
    }),
  outcomes: singleOutcome,
  writes: () => ['failureUrl'],
  reference: { keys: { failureUrl: 'URL that the browser opens when the journey fails.' } },
  run({ config, state }) {
    state.putShared('failureUrl', config.failureUrl)
    return goTo('outcome')
  },
})
