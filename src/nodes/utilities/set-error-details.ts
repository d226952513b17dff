import { z } from 'zod'
import { stringMapSchema } from '../../base/json.ts'
import { goTo } from '../../engine/action.ts'
import { singleOutcome } from '../../engine/node-type.ts'
import { defineNode, localisedSetting, setting } from '../define-node.ts'
import { endDetails, headerControl, headerErrors } from './response-details.ts'

/** Adds details to the response if a node reports an error. Source: "Set Error Details node". */
export const setErrorDetails = defineNode({
  type: 'SetErrorDetailsNode',
  title: 'Set Error Details',
  help: 'Sets the message of the response to an error in the journey, and adds members to its `detail`.',
  tags: ['utilities', 'result'],
  config: () =>
    z.object({
      errorMessage: localisedSetting('Error Message', 'Message by locale.'),
      errorDetails: setting(
        'Error Details',
        'Values by member name. Values that are valid JSON are sent as JSON.',
        stringMapSchema.default({}),
      ),
      headerControl,
    }),
  outcomes: singleOutcome,
  errors: headerErrors,
  reference: { outputs: 'the response to an error' },
  run(context) {
    const { errorMessage, errorDetails: values } = context.config
    return goTo('outcome', { errorDetails: endDetails(context, errorMessage, values) })
  },
})
