import { z } from 'zod'
import { goTo } from '../../engine/action.ts'
import { isJsonObject } from '../../engine/json.ts'
import { defineNode, setting } from '../define-node.ts'

/**
 * Sends data from the backchannel journey to the journey that waits for it. State stays as it is; after a
 * warning so does the transaction. Source: "Backchannel Notification node".
 */
export const backchannelNotification = defineNode({
  type: 'BackchannelNotificationNode',
  version: '1.0',
  title: 'Backchannel Notification',
  help: 'Adds data to the backchannel transaction, for the waiting journey to show.',
  tags: ['utilities', 'backchannel'],
  config: z.object({
    dataKey: setting('Data Key', 'State key of the object to send.', z.string().min(1), 'stateKey'),
  }),
  outcomes: { all: { success: 'Success', error: 'Error' } },
  reads: ({ dataKey }) => [dataKey],
  errors: {
    error: { 'Failed to update backchannel transaction': 'The transaction is over, or could not be saved.' },
    warn: {
      'Transaction ID not found in context': 'No transaction started the journey.',
      'Data in state at ‹dataKey› data key was not found or incorrect type, not updating transaction.':
        'State has nothing under **Data Key**, or no object.',
    },
  },
  requires: ({ dataKey }) => [dataKey],
  needs: ['backchannel'],
  reference: {
    inputs: 'the transaction that the journey was started for',
    outputs: 'the data of the transaction',
    outcomes: {
      success: 'The waiting journey can read the data.',
      error: 'Nothing was sent; the log says why.',
    },
    example:
      'A caller has typed in a password: the journey of the caller puts a sentence into state, and this node sends it to the agent who watches.',
  },
  async run({ config, state, transaction, backchannel, log }) {
    if (transaction === undefined) {
      log.warn('Transaction ID not found in context')
      return goTo('error')
    }
    const data = state.getObject(config.dataKey)
    if (!isJsonObject(data)) {
      log.warn(
        `Data in state at ${config.dataKey} data key was not found or incorrect type, not updating transaction.`,
      )
      return goTo('error')
    }
    try {
      await backchannel.notify(transaction, data)
      return goTo('success')
    } catch (cause) {
      log.error('Failed to update backchannel transaction', cause)
      return goTo('error')
    }
  },
})
