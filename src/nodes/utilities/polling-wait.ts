import { z } from 'zod'
import { bestMatch } from '../../base/locale.ts'
import { goTo, send } from '../../engine/action.ts'
import { callback } from '../../engine/callbacks.ts'
import type { RequestView } from '../../engine/node-type.ts'
import { chosenIndex } from '../answers.ts'
import { defineNode, flagSetting, localisedSetting, setting } from '../define-node.ts'

const config = () =>
  z.object({
    secondsToWait: setting('Seconds To Wait', 'Seconds that the page waits.', z.int().min(0).default(8)),
    spamDetectionEnabled: flagSetting(
      'Enable Spam Detection',
      'Takes the outcome `SPAM` if a client returns too early too often.',
    ),
    spamDetectionTolerance: setting(
      'Spam Tolerance',
      'Number of early returns to tolerate.',
      z.int().default(3),
    ),
    waitingMessage: localisedSetting(
      'Waiting Message',
      'Text by locale. {{time}} is replaced with the seconds.',
    ),
    exitable: flagSetting('Exitable', 'Lets the user stop waiting.'),
    exitMessage: localisedSetting('Exit Message', 'Label of that button by locale.'),
  })

type Config = z.infer<ReturnType<typeof config>>

const exitPressed = 0
/** The value of an unpressed button. Any invalid index would do, but clients know this one. */
const exitNotPressed = 100

/**
 * Shows a page that submits itself after some time. The end is set when the page is first sent; returning early does
 * not change it. Source: "Polling Wait node".
 */
export const pollingWait = defineNode({
  type: 'PollingWaitNode',
  title: 'Polling Wait',
  help: 'Pauses the journey for some seconds while the page shows a message.',
  tags: ['utilities'],
  config,
  outcomes: {
    all: { DONE: 'Done', EXITED: 'Exited', SPAM: 'Spam' },
    offered: ({ exitable, spamDetectionEnabled }) => [
      'DONE',
      ...(exitable ? (['EXITED'] as const) : []),
      ...(spamDetectionEnabled ? (['SPAM'] as const) : []),
    ],
  },
  reads: (_config, id) => Object.values(keysOf(id)),
  callbacks: {
    PollingWaitCallback: 'Duration of the wait, and the message.',
    ConfirmationCallback: 'With **Exitable**, a button to stop waiting.',
  },
  reference: {
    outcomes: {
      DONE: 'The time has passed.',
      EXITED: 'The user stopped waiting.',
      SPAM: 'The client returned too early too often.',
    },
  },
  run({ id, config, state, answers, request, now, isWaitOver }) {
    const keys = keysOf(id)
    const endTime = numberOr(undefined, state.get(keys.endTime))
    const spamCount = numberOr(0, state.get(keys.spamCount))
    // The page is always sent once, because loops of journeys rely on it.
    const isDone = endTime !== undefined && (isWaitOver || now > endTime)
    const isExited = config.exitable && chosenIndex(answers, 'ConfirmationCallback') === exitPressed
    const isSpam = config.spamDetectionEnabled && spamCount > config.spamDetectionTolerance
    if (isExited || isSpam || isDone) {
      state.remove(keys.endTime).remove(keys.spamCount)
      return goTo(isExited ? 'EXITED' : isSpam ? 'SPAM' : 'DONE')
    }
    if (endTime === undefined) state.putShared(keys.endTime, now + config.secondsToWait * 1000)
    state.putShared(keys.spamCount, endTime === undefined ? 0 : spamCount + 1)
    return send(
      [waiting(config, request), ...(config.exitable ? [exitButton(config, request)] : [])],
      // Spam detection counts the returns.
      config.spamDetectionEnabled ? {} : { volatileKeys: Object.values(keys) },
    )
  },
})

function keysOf(id: string) {
  return { endTime: `${id}.end_time`, spamCount: `${id}.spam_count` }
}

function numberOr<Other>(other: Other, value: unknown): number | Other {
  return typeof value === 'number' ? value : other
}

function waiting({ waitingMessage, secondsToWait }: Config, { locales }: RequestView) {
  const message = bestMatch(waitingMessage, locales) ?? 'Waiting for response...'
  return callback('PollingWaitCallback', {
    // Always the whole duration, never the remaining time, in milliseconds as text.
    waitTime: String(secondsToWait * 1000),
    message: message.replaceAll('{{time}}', String(secondsToWait)),
  })
}

function exitButton({ exitMessage }: Config, { locales }: RequestView) {
  const output = {
    prompt: '',
    messageType: 0,
    options: [bestMatch(exitMessage, locales) ?? 'Cancel'],
    optionType: -1,
    defaultOption: 0,
  }
  return callback('ConfirmationCallback', output, { '': exitNotPressed })
}
