import { z } from 'zod'
import { goTo } from '../../engine/action.ts'
import { singleOutcome } from '../../engine/node-type.ts'
import { defineNode, setting } from '../define-node.ts'

/** Decides where the browser goes after a success. Source: "Success URL node". */
export const setSuccessUrl = defineNode({
  type: 'SetSuccessUrlNode',
  version: '1.0',
  title: 'Success URL',
  help: 'Sets where the browser goes when the journey ends in success.',
  tags: ['utilities'],
  config: z.object({
    successUrl: setting('Success URL', 'Where to go after a success.', z.string().min(1)),
  }),
  outcomes: singleOutcome,
  writes: () => ['successUrl'],
  needs: [],
  reference: { keys: { successUrl: 'Where the browser goes when the journey ends in success.' } },
  run({ config, state }) {
    state.putShared('successUrl', config.successUrl)
    return goTo('outcome')
  },
})
