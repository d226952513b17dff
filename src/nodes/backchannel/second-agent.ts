import { z } from 'zod'
import type { JsonObject } from '../../base/json.ts'
import { isJsonObject } from '../../base/json.ts'
import { bestMatch } from '../../base/locale.ts'
import { goTo, send } from '../../engine/action.ts'
import { callback } from '../../engine/callbacks.ts'
import type { NodeState } from '../../engine/node-state.ts'
import type { RequestView } from '../../engine/node-type.ts'
import { chosenIndex } from '../answers.ts'
import { defineNode, flagSetting, localisedSetting, setting } from '../define-node.ts'
import type { ApprovalStatus, AskedApproval } from '../ports/help-desk-ports.ts'

const config = () =>
  z.object({
    usernameKey: setting(
      'Subject Name Key',
      'State key of the username or object ID of the person whom the check will be about, as in Backchannel Initialize.',
      z.string().min(1).default('username'),
      'stateKey',
    ),
    dataKey: setting(
      'Data Object Key',
      'State key of the object with `action`, `reason`, `ticket`, `vouchFor` and `vouchForId`. Unset: each has its own key.',
      z.string().exactOptional(),
      'stateKey',
    ),
    secondsToWait: setting(
      'Seconds To Wait',
      'How long the request waits for an answer.',
      z.int().min(10).max(900).default(180),
    ),
    waitingMessage: localisedSetting('Waiting Message', 'Text by locale.'),
    exitable: flagSetting('Exitable', 'Lets the agent stop waiting.', true),
    exitMessage: localisedSetting('Exit Message', 'Label of that button by locale.'),
    onlyIfNeeded: flagSetting(
      'Only If Needed',
      'Asks nobody if the policies let a caller with one factor, or a manager who vouches, do without a second agent.',
    ),
  })

type Config = z.infer<ReturnType<typeof config>>

/** Time between two polls of the page. */
const pollMs = 3000
const exitPressed = 0
const exitNotPressed = 100

/** The desk recognizes the stage and shows the request. */
const stage = 'SecondAgentApproval'

const purposeKeys = ['action', 'reason', 'ticket', 'vouchFor', 'vouchForId'] as const

/**
 * Asks the other agents to approve the check that the journey is about to open, and waits. Scripts can't approve: the opening
 * finds the approval on the server. Our own node type.
 */
export const secondAgent = defineNode({
  type: 'SidegateSecondAgentNode',
  title: 'Second Agent Approval',
  help: 'Asks the other agents to approve this check at their own desks, and waits for an answer.',
  tags: ['backchannel', 'sidegate'],
  config,
  outcomes: {
    all: {
      approved: 'Approved',
      declined: 'Declined',
      expired: 'Expired',
      unavailable: 'Unavailable',
      exited: 'Exited',
      notNeeded: 'Not Needed',
    },
    offered: ({ exitable, onlyIfNeeded }) => [
      'approved',
      'declined',
      'expired',
      'unavailable',
      ...(exitable ? (['exited'] as const) : []),
      ...(onlyIfNeeded ? (['notNeeded'] as const) : []),
    ],
  },
  reads: ({ usernameKey, dataKey }, id) => [
    usernameKey,
    ...(dataKey === undefined ? purposeKeys : [dataKey]),
    keyOf(id),
  ],
  writes: () => ['secondAgent', 'secondAgentName', 'declineReason'],
  requires: ({ usernameKey }) => [usernameKey],
  callbacks: {
    PollingWaitCallback: 'Time until the next poll, and the message.',
    MetadataCallback: 'Id and end of the request, for the desk.',
    ConfirmationCallback: 'With **Exitable**, a button to stop waiting.',
  },
  errors: {
    warn: {
      'No second agent can be asked.':
        'No agent is signed in, the realm has no such person or no other agent, or the check isn’t allowed. The log line says which.',
    },
    error: { 'The approval could not be requested or read.': 'The database didn’t answer.' },
  },
  needs: ['approvals'],
  reference: {
    inputs: 'the agent who is signed in',
    outputs: 'the request, which other agents see at their desks',
    keys: {
      secondAgent: 'Object ID of the agent who answered.',
      secondAgentName: 'Name of that agent.',
      declineReason: 'Why the agent declined, if they said so.',
    },
    outcomes: {
      approved: 'Another agent approved. The check must be opened within five minutes.',
      declined: 'Another agent declined.',
      expired: 'Nobody answered in time.',
      unavailable: 'Nobody can be asked. The log says why.',
      exited: 'The agent stopped waiting.',
      notNeeded: 'The action can do without a second agent. The use of the result checks that again.',
    },
    example:
      'After Identify Existing User and before Backchannel Initialize, if the caller’s account is privileged.',
  },
  async run({ id, config, state, answers, request, approvals, log }) {
    const key = keyOf(id)
    try {
      const asked = state.getText(key) || undefined
      if (asked === undefined) {
        const opened = await approvals.ask(requestOf(config, state))
        if (opened.kind === 'asked') {
          state.putShared(key, opened.id)
          return waiting(config, request, opened)
        }
        if (opened.kind === 'notNeeded') return goTo('notNeeded')
        log.warn('No second agent can be asked.', opened.reason)
        return goTo('unavailable')
      }
      const status = await approvals.status(asked)
      if (status?.state === 'waiting') {
        if (!config.exitable || chosenIndex(answers, 'ConfirmationCallback') !== exitPressed) {
          return waiting(config, request, { id: asked, expiresAt: status.expiresAt })
        }
        approvals.cancel(asked)
        state.remove(key)
        return goTo('exited')
      }
      state.remove(key)
      return goTo(ended(state, status))
    } catch (cause) {
      log.error('The approval could not be requested or read.', cause)
      state.remove(key)
      return goTo('unavailable')
    }
  },
})

function keyOf(id: string): string {
  return `${id}.approval`
}

function requestOf(config: Config, state: NodeState): AskedApproval {
  const { usernameKey, dataKey, secondsToWait: seconds, onlyIfNeeded } = config
  return { subject: state.getText(usernameKey) ?? '', data: dataOf(dataKey, state), seconds, onlyIfNeeded }
}

function dataOf(dataKey: string | undefined, state: NodeState): JsonObject {
  if (dataKey !== undefined) {
    const data = state.getObject(dataKey)
    return isJsonObject(data) ? data : {}
  }
  return Object.fromEntries(purposeKeys.map((key) => [key, state.get(key) ?? null]))
}

function ended(state: NodeState, status: ApprovalStatus | undefined) {
  const { answeredBy, declineReason } = status ?? {}
  if (answeredBy !== undefined) {
    state.putShared('secondAgent', answeredBy.id).putShared('secondAgentName', answeredBy.displayName)
  }
  if (declineReason !== undefined) state.putShared('declineReason', declineReason)
  if (status?.state === 'approved' || status?.state === 'declined') return status.state
  return 'expired'
}

function waiting(
  { waitingMessage, exitable, exitMessage }: Config,
  { locales }: RequestView,
  approval: { id: string; expiresAt: number },
) {
  const message = bestMatch(waitingMessage, locales) ?? 'Waiting for a second agent to approve...'
  return send(
    [
      callback('PollingWaitCallback', { waitTime: String(pollMs), message }),
      callback('MetadataCallback', { data: { stage, _id: approval.id, expiresAt: approval.expiresAt } }),
      ...(exitable ? [exitButton(bestMatch(exitMessage, locales) ?? 'Stop waiting')] : []),
    ],
    // A poll without news is not saved.
    { stage, volatileKeys: [] },
  )
}

function exitButton(label: string) {
  const output = { prompt: '', messageType: 0, options: [label], optionType: -1, defaultOption: 0 }
  return callback('ConfirmationCallback', output, { '': exitNotPressed })
}
