import { z } from 'zod'
import { goTo } from '../../engine/action.ts'
import { stringMapSchema } from '../../engine/json.ts'
import { singleOutcome } from '../../engine/node-type.ts'
import { defineNode, setting } from '../define-node.ts'
import { headerControl, headerErrors, jsonValues, settableHeaders } from './response-details.ts'

const ownMembers = ['tokenId', 'successUrl', 'realm']

const members = stringMapSchema.refine(
  (map) => ownMembers.every((name) => !Object.hasOwn(map, name)),
  `${ownMembers.join(', ')} cannot be replaced`,
)

/** Adds to what the client learns of a success. Source: "Set Success Details node". */
export const setSuccessDetails = defineNode({
  type: 'SetSuccessDetailsNode',
  version: '1.0',
  title: 'Set Success Details',
  help: 'Adds members to the answer that tells the client of a success.',
  tags: ['utilities'],
  config: z.object({
    successDetails: setting(
      'Success Details',
      'Values by member; what reads as JSON is shown as JSON.',
      members.default({}),
    ),
    sessionProperties: setting(
      'Session Properties',
      'Names of properties of the new session, by the member that shows the value.',
      members.default({}),
      'sessionProperty',
    ),
    headerControl,
  }),
  outcomes: singleOutcome,
  errors: headerErrors,
  needs: [],
  reference: { outputs: 'the answer to a success' },
  run({ config, log }) {
    const { sessionProperties } = config
    const headers = settableHeaders(config.headerControl, log)
    return goTo('outcome', {
      successDetails: { values: jsonValues(config.successDetails), sessionProperties, headers },
    })
  },
})
