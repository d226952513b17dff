import { z } from 'zod'
import { goTo } from '../../engine/action.ts'
import { stringMapSchema } from '../../engine/json.ts'
import { localisedTextSchema } from '../../engine/locale.ts'
import { singleOutcome } from '../../engine/node-type.ts'
import { defineNode, setting } from '../define-node.ts'
import { endDetails, headerControl, headerErrors } from './response-details.ts'

/** Says why, should the journey come to its failure end. Source: "Set Failure Details node". */
export const setFailureDetails = defineNode({
  type: 'SetFailureDetailsNode',
  version: '1.0',
  title: 'Set Failure Details',
  help: 'Sets the text of the answer that tells the client of a failure, and adds members to its `detail`.',
  tags: ['utilities'],
  config: z.object({
    failureMessage: setting(
      'Failure Message',
      'The text by locale.',
      localisedTextSchema.default({}),
      'localisedText',
    ),
    failureDetails: setting(
      'Failure Details',
      'Values by member; what reads as JSON is shown as JSON.',
      stringMapSchema.default({}),
    ),
    headerControl,
  }),
  outcomes: singleOutcome,
  errors: headerErrors,
  needs: [],
  reference: { outputs: 'the answer to a failure' },
  run(context) {
    const { failureMessage, failureDetails: values } = context.config
    return goTo('outcome', { failureDetails: endDetails(context, failureMessage, values) })
  },
})
