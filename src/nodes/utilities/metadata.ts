import { z } from 'zod'
import { send } from '../../engine/action.ts'
import { callback } from '../../engine/callbacks.ts'
import { singleOutcome } from '../../engine/node-type.ts'
import { defineNode, setting } from '../define-node.ts'

/** Sends values of shared state to the page. Source: "State Metadata node". */
export const metadata = defineNode({
  type: 'MetadataNode',
  title: 'State metadata',
  help: 'Sends values of shared state to the client along with a page. The node has to be on a page: alone it never continues.',
  tags: ['utilities'],
  config: () =>
    z.object({
      attributes: setting(
        'Attributes',
        'Keys of shared state to send.',
        z.array(z.string()).default([]),
        'stateKey',
      ),
    }),
  outcomes: singleOutcome,
  reads: (config) => config.attributes,
  callbacks: { MetadataCallback: 'The values, by state key.' },
  run({ config: { attributes }, state }) {
    // Shared state only: transient and secure values may be private.
    const { shared } = state.snapshot()
    const shown = Object.entries(shared).filter(([key]) => attributes.includes(key))
    return send([callback('MetadataCallback', { data: Object.fromEntries(shown) })])
  },
})
