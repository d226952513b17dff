import { z } from 'zod'
import { send } from '../../engine/action.ts'
import { callback } from '../../engine/callbacks.ts'
import { singleOutcome } from '../../engine/node-type.ts'
import { defineNode, setting } from '../define-node.ts'

/** Hands parts of shared state to the page that shows the other nodes. Source: "State Metadata node". */
export const metadata = defineNode({
  type: 'MetadataNode',
  version: '1.0',
  title: 'State metadata',
  help: 'Sends values of shared state along with the questions of a page. By itself it never goes on: put it on a page.',
  tags: ['utilities'],
  config: z.object({
    attributes: setting(
      'Attributes',
      'Keys of shared state that the client may see.',
      z.array(z.string()).default([]),
      'stateKey',
    ),
  }),
  outcomes: singleOutcome,
  reads: (config) => config.attributes,
  callbacks: { MetadataCallback: 'The values, by state key.' },
  needs: [],
  run({ config: { attributes }, state }) {
    // Shared state alone: what hides it may be private.
    const { shared } = state.snapshot()
    const shown = Object.entries(shared).filter(([key]) => attributes.includes(key))
    return send([callback('MetadataCallback', { data: Object.fromEntries(shown) })])
  },
})
