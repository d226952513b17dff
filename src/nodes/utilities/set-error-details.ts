import { z } from 'zod'
import { goTo } from '../../engine/action.ts'
import { stringMapSchema } from '../../engine/json.ts'
import { localisedTextSchema } from '../../engine/locale.ts'
import { singleOutcome } from '../../engine/node-type.ts'
import { defineNode, setting } from '../define-node.ts'
import { endDetails, headerControl, headerErrors } from './response-details.ts'

/** Says what happened, should a node of the journey not be able to do its work. Source: "Set Error Details node". */
export const setErrorDetails = defineNode({
  type: 'SetErrorDetailsNode',
  version: '1.0',
  title: 'Set Error Details',
  help: 'Sets the text of the answer that tells the client of an error in the journey, and adds members to its `detail`.',
  tags: ['utilities'],
  config: z.object({
    errorMessage: setting(
      'Error Message',
      'The text by locale.',
      localisedTextSchema.default({}),
      'localisedText',
    ),
    errorDetails: setting(
      'Error Details',
      'Values by member; what reads as JSON is shown as JSON.',
      stringMapSchema.default({}),
    ),
    headerControl,
  }),
  outcomes: singleOutcome,
  errors: headerErrors,
  needs: [],
  reference: { outputs: 'the answer to an error' },
  run(context) {
    const { errorMessage, errorDetails: values } = context.config
    return goTo('outcome', { errorDetails: endDetails(context, errorMessage, values) })
  },
})
