import { z } from 'zod'
import { isJsonObject } from '../../base/json.ts'
import { goTo } from '../../engine/action.ts'
import { defineNode, setting } from '../define-node.ts'

/**
 * Sends data from the backchannel journey to the waiting journey. Changes neither state nor, after a warning, the
 * transaction. Source: "Backchannel Notification node".
 */
export const backchannelNotification = defineNode({
  type: 'BackchannelNotificationNode',
  title: 'Backchannel Notification',
  help: 'Adds data to the backchannel transaction for the waiting journey to show.',
  tags: ['utilities', 'backchannel'],
  config: () =>
    z.object({
      dataKey: setting('Data Key', 'State key of the object to send.', z.string().min(1), 'stateKey'),
    }),
  outcomes: { all: { success: 'Success', error: 'Error' } },
  reads: ({ dataKey }) => [dataKey],
  errors: {
    error: { 'Failed to update backchannel transaction': 'The transaction has ended or could not be saved.' },
    warn: {
      'Transaction ID not found in context': 'The journey was not started for a transaction.',
      'Data in state at ‹dataKey› data key was not found or incorrect type, not updating transaction.':
        'State has no object under **Data Key**.',
    },
  },
  requires: ({ dataKey }) => [dataKey],
  needs: ['backchannel'],
  reference: {
    inputs: 'the transaction that the journey was started for',
    outputs: 'the data of the transaction',
    outcomes: {
      success: 'The waiting journey can read the data.',
      error: 'Nothing was sent. The log says why.',
    },
    example:
      'After the caller has entered a password, their journey sends a progress message to the agent who is watching.',
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
