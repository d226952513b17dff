import { z } from 'zod'
import { goTo } from '../../engine/action.ts'
import type { NodeState } from '../../engine/node-state.ts'
import { defineNode, setting } from '../define-node.ts'
import type { BackchannelStatus } from '../ports/ports.ts'

const config = z.object({
  recordData: setting(
    'Record Journey Session Info',
    'Keeps the session properties of a backchannel journey that succeeded, in transient state.',
    z.boolean().default(true),
  ),
  recordTransactionData: setting(
    'Record Transaction Data',
    'Keeps what the backchannel journey sent so far, in shared state.',
    z.boolean().default(false),
  ),
  transactionDataKey: setting(
    'Transaction Data Key',
    'Shared state key for that data. Blank means backchannel-transactionData.',
    z.string().exactOptional(),
    'stateKey',
  ),
})

type Config = z.infer<typeof config>

/**
 * Tells how far the backchannel journey is. Looks once; a journey waits by coming back.
 * Source: "Backchannel Status node".
 */
export const backchannelStatus = defineNode({
  type: 'BackChannelStatusNode',
  version: '1.0',
  title: 'Backchannel Status',
  help: 'Tells how far the journey of a backchannel transaction is, and keeps what it sent.',
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
        'State has no transaction id, or the transaction could not be read.',
    },
  },
  requires: () => ['backchannel-transaction'],
  needs: ['backchannel'],
  reference: {
    keys: { 'backchannel-sessionProperties': 'Properties of the session that the other journey ended in.' },
    outcomes: {
      pending: 'Nobody has opened the link yet.',
      inprogress: 'The other journey is under way.',
      success: 'The other journey succeeded.',
      failure: 'It failed and may not be tried again.',
      unknown: 'The transaction is over: its time is up, or it was cancelled.',
      error: 'The transaction could not be read; the log says why.',
    },
    example:
      'The agent’s journey looks how far the caller is, waits some seconds in a Polling Wait node, and comes back.',
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

/** Before the first notification the key is absent, even where an earlier transaction had left its data. */
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
