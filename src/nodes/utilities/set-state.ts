import { z } from 'zod'
import { stringMapSchema } from '../../base/json.ts'
import { goTo } from '../../engine/action.ts'
import { singleOutcome } from '../../engine/node-type.ts'
import { defineNode, setting } from '../define-node.ts'

/** Writes fixed texts to shared state. Source: "Set State node". */
export const setState = defineNode({
  type: 'SetStateNode',
  title: 'Set State',
  help: 'Writes fixed texts to shared state, replacing earlier values of the same keys.',
  tags: ['utilities'],
  config: () =>
    z.object({ attributes: setting('Attributes', 'Texts by state key.', stringMapSchema.default({})) }),
  outcomes: singleOutcome,
  writes: ({ attributes }) => Object.keys(attributes),
  run({ config, state }) {
    for (const [key, value] of Object.entries(config.attributes)) {
      // An older transient value would hide the new one.
      state.remove(key).putShared(key, value)
    }
    return goTo('outcome')
  },
})
