import { z } from 'zod'
import { goTo } from '../../engine/action.ts'
import { singleOutcome } from '../../engine/node-type.ts'
import { defineNode, setting } from '../define-node.ts'

/** Decides where the browser goes after a failure. Source: "Failure URL node". */
export const setFailureUrl = defineNode({
  type: 'SetFailureUrlNode',
  version: '1.0',
  title: 'Failure URL',
  help: 'Sets where the browser goes when the journey ends in failure.',
  tags: ['utilities'],
  config: z.object({
    failureUrl: setting('Failure URL', 'Where to go after a failure.', z.string().min(1)),
  }),
  outcomes: singleOutcome,
  writes: () => ['failureUrl'],
  needs: [],
  reference: { keys: { failureUrl: 'Where the browser goes when the journey ends in failure.' } },
  run({ config, state }) {
    state.putShared('failureUrl', config.failureUrl)
    return goTo('outcome')
  },
})
