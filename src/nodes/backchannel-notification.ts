import { z } from 'zod'
import { goTo } from '../journey/action.ts'
import { isJsonObject } from '../journey/json.ts'
import { defineNode, setting } from './define-node.ts'

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
    dataKey: setting('Data Key', 'State key of the object to send.', z.string().min(1)),
  }),
  outcomes: { all: { success: 'Success', error: 'Error' } },
  reads: ({ dataKey }) => [dataKey],
  requires: ({ dataKey }) => [dataKey],
  needs: ['backchannel'],
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
