import { z } from 'zod'
import { goTo } from '../../engine/action.ts'
import { singleOutcome } from '../../engine/node-type.ts'
import { defineNode, setting } from '../define-node.ts'

/** Sets the URL to open after a success. Source: "Success URL node". */
export const setSuccessUrl = defineNode({
  type: 'SetSuccessUrlNode',
  title: 'Success URL',
  help: 'Sets the URL that the browser opens when the journey succeeds.',
  tags: ['utilities', 'result'],
  config: () =>
    z.object({
      successUrl: setting('Success URL', 'URL to open after a success.', z.string().min(1)),
    }),
  outcomes: singleOutcome,
  writes: () => ['successUrl'],
  reference: { keys: { successUrl: 'URL that the browser opens when the journey succeeds.' } },
  run({ config, state }) {
    state.putShared('successUrl', config.successUrl)
    return goTo('outcome')
  },
})
