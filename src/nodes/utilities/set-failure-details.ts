import { z } from 'zod'
import { stringMapSchema } from '../../base/json.ts'
import { goTo } from '../../engine/action.ts'
import { singleOutcome } from '../../engine/node-type.ts'
import { defineNode, localisedSetting, setting } from '../define-node.ts'
import { endDetails, headerControl, headerErrors } from './response-details.ts'

/** Adds details to the response if the journey fails. Source: "Set Failure Details node". */
export const setFailureDetails = defineNode({
  type: 'SetFailureDetailsNode',
  title: 'Set Failure Details',
  help: 'Sets the message of the response to a failure of the journey, and adds members to its `detail`.',
  tags: ['utilities', 'result'],
  config: () =>
    z.object({
      failureMessage: localisedSetting('Failure Message', 'Message by locale.'),
      failureDetails: setting(
        'Failure Details',
        'Values by member name. Values that are valid JSON are sent as JSON. `endsCheck` with the value `true` denies the transaction of this journey, even if it allows a retry.',
        stringMapSchema.default({}),
      ),
      headerControl,
    }),
  outcomes: singleOutcome,
  errors: headerErrors,
  reference: { outputs: 'the response to a failure' },
  run(context) {
    const { failureMessage, failureDetails: values } = context.config
    return goTo('outcome', { failureDetails: endDetails(context, failureMessage, values) })
  },
})
