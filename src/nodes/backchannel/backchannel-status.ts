import { z } from 'zod'
import { goTo } from '../../engine/action.ts'
import type { NodeState } from '../../engine/node-state.ts'
import { defineNode, flagSetting, setting } from '../define-node.ts'
import type { BackchannelStatus } from '../ports/help-desk-ports.ts'

const config = () =>
  z.object({
    recordData: flagSetting(
      'Record Journey Session Info',
      'Stores the session properties of a successful backchannel journey in transient state.',
      true,
    ),
    recordTransactionData: flagSetting(
      'Record Transaction Data',
      'Stores the data sent by the backchannel journey in shared state.',
    ),
    transactionDataKey: setting(
      'Transaction Data Key',
      'Shared state key for that data. Blank: `backchannel-transactionData`.',
      z.string().exactOptional(),
      'stateKey',
    ),
  })

type Config = z.infer<ReturnType<typeof config>>

/** Reads the status of a transaction once. Journeys wait in a loop. Source: "Backchannel Status node". */
export const backchannelStatus = defineNode({
  type: 'BackChannelStatusNode',
  title: 'Backchannel Status',
  help: 'Checks the status of a backchannel transaction and stores the data that its journey sent.',
  tags: ['utilities', 'backchannel'],
  config,
  outcomes: {
    all: {
      pending: 'Pending',
      inprogress: 'In Progress',
      success: 'Success',
      failure: 'Failure',
      unknown: 'Unknown',
      error: 'Error',
    },
  },
  reads: (config) => ['backchannel-transaction', ...recordedKeys(config)],
  writes: (config) => ['backchannel-sessionProperties', ...recordedKeys(config)],
  errors: {
    error: {
      'Error checking back channel transaction status.':
        'State has no transaction ID, or the transaction could not be read.',
    },
  },
  requires: () => ['backchannel-transaction'],
  needs: ['backchannel'],
  reference: {
    keys: { 'backchannel-sessionProperties': 'Properties of the session in which the other journey ended.' },
    outcomes: {
      pending: 'The link has not been opened yet.',
      inprogress: 'The other journey is in progress.',
      success: 'The other journey succeeded.',
      failure: 'The other journey failed and allows no retry.',
      unknown: 'The transaction has expired or was cancelled.',
      error: 'The transaction could not be read. The log says why.',
    },
    example:
      'The agent’s journey checks the status, waits some seconds in a Polling Wait node, and checks again.',
  },
  async run({ config, state, backchannel, log }) {
    try {
      const id = state.getText('backchannel-transaction')
      if (!id) throw new Error('node state has no transaction id')
      const status = await backchannel.status(id)
      if (status === undefined) return goTo('unknown')
      const outcome = outcomeFor(status)
      record(state, config, status)
      if (config.recordData && outcome === 'success') {
        state.putTransient('backchannel-sessionProperties', { ...status.sessionProperties })
      }
      return goTo(outcome)
    } catch (cause) {
      log.error('Error checking back channel transaction status.', cause)
      return goTo('error')
    }
  },
})

function recordedKeys({ recordTransactionData, transactionDataKey }: Config): string[] {
  return recordTransactionData ? [transactionDataKey?.trim() || 'backchannel-transactionData'] : []
}

/** Before the first notification the key is removed, as an earlier transaction may have left data there. */
function record(state: NodeState, config: Config, { notificationData }: BackchannelStatus): void {
  for (const key of recordedKeys(config)) {
    if (notificationData !== undefined) state.putShared(key, notificationData)
    else if (state.isDefined(key)) state.remove(key)
  }
}

function outcomeFor({ state, result }: BackchannelStatus) {
  if (state === 'CREATED') return 'pending'
  if (state === 'IN_PROGRESS') return 'inprogress'
  if (result === 'UNKNOWN') throw new Error('the transaction is complete without a result')
  return result === 'APPROVED' ? 'success' : 'failure'
}
