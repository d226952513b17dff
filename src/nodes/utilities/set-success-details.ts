import { z } from 'zod'
import { stringMapSchema } from '../../base/json.ts'
import { goTo } from '../../engine/action.ts'
import { singleOutcome } from '../../engine/node-type.ts'
import { defineNode, setting } from '../define-node.ts'
import { headerControl, headerErrors, jsonValues, settableHeaders } from './response-details.ts'

const ownMembers = ['tokenId', 'successUrl', 'realm']

const members = stringMapSchema.refine(
  (map) => ownMembers.every((name) => !Object.hasOwn(map, name)),
  `${ownMembers.join(', ')} cannot be replaced`,
)

/** Adds details to the response if the journey succeeds. Source: "Set Success Details node". */
export const setSuccessDetails = defineNode({
  type: 'SetSuccessDetailsNode',
  title: 'Set Success Details',
  help: 'Adds members to the response to a success of the journey.',
  tags: ['utilities', 'result'],
  config: () =>
    z.object({
      successDetails: setting(
        'Success Details',
        'Values by member name. Values that are valid JSON are sent as JSON.',
        members.default({}),
      ),
      sessionProperties: setting(
        'Session Properties',
        'Names of session properties by the member that shows their value.',
        members.default({}),
        'sessionProperty',
      ),
      headerControl,
    }),
  outcomes: singleOutcome,
  errors: headerErrors,
  reference: { outputs: 'the response to a success' },
  run({ config, log }) {
    const { sessionProperties } = config
    const headers = settableHeaders(config.headerControl, log)
    return goTo('outcome', {
      successDetails: { values: jsonValues(config.successDetails), sessionProperties, headers },
    })
  },
})
