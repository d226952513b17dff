import { z } from 'zod'
import { stringMapSchema } from '../../base/json.ts'
import { goTo } from '../../engine/action.ts'
import { singleOutcome } from '../../engine/node-type.ts'
import { logoutDetailPrefix } from '../../engine/system-properties.ts'
import { defineNode, setting } from '../define-node.ts'

/** Adds members to the response to the session's logout. Source: "Set Logout Details node". */
export const setLogoutDetails = defineNode({
  type: 'SetLogoutDetailsNode',
  title: 'Set Logout Details',
  help: 'Adds members to the response to a logout from the journey’s session.',
  tags: ['utilities', 'result'],
  config: () =>
    z.object({
      logoutDetails: setting(
        'Logout Details',
        'Texts by member name. They are kept in the session, and sent when the person signs out.',
        stringMapSchema
          .refine((map) => !Object.hasOwn(map, 'result'), 'result cannot be replaced')
          .default({}),
      ),
    }),
  outcomes: singleOutcome,
  reference: {
    outputs: 'the response to a logout',
    example:
      'After Data Store Decision, with `clear_all_caches` = `true` for an application that signs people out.',
  },
  run({ config: { logoutDetails } }) {
    const details = Object.entries(logoutDetails).map(([name, text]) => [logoutDetailPrefix + name, text])
    return goTo('outcome', { sessionProperties: Object.fromEntries(details) })
  },
})
