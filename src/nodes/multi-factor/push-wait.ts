import { z } from 'zod'
import { localise } from '../../base/locale.ts'
import { goTo, send } from '../../engine/action.ts'
import { type Callback, callback } from '../../engine/callbacks.ts'
import { chosenIndex } from '../answers.ts'
import { defineNode, localisedSetting, setting } from '../define-node.ts'
import { pushKeys } from './push-device.ts'

const config = () =>
  z.object({
    secondsToWait: setting('Seconds To Wait', 'Seconds that the page waits.', z.int().min(0).default(5)),
    waitingMessage: localisedSetting(
      'Waiting Message',
      'Text by locale. {{time}} is replaced with the seconds.',
    ),
    challengeMessage: localisedSetting(
      'Push Challenge Message',
      'Text by locale if the person must choose a number. {{challenge}} is replaced with it.',
    ),
    exitMessage: localisedSetting('Exit Message', 'Label of the button to stop waiting, by locale.'),
  })

const exitPressed = 0
/** The value of an unpressed button, as in AM. */
const exitNotPressed = 100

/** Waits for the answer to a push notification, and shows the number to choose. Source: "Push Wait node". */
export const pushWait = defineNode({
  type: 'PushWaitNode',
  title: 'Push Wait',
  help: 'Pauses the journey for some seconds while the person answers a push notification.',
  tags: ['mfa', 'multi-factor authentication'],
  config,
  outcomes: { all: { DONE: 'Done', EXITED: 'Exit' } },
  reads: (_config, id) => [pushKeys.number, endOf(id)],
  callbacks: {
    PollingWaitCallback: 'Duration of the wait, and the message.',
    HiddenValueCallback: 'The number to choose, as `pushChallengeNumber`.',
    ConfirmationCallback: 'A button to stop waiting.',
  },
  reference: {
    outcomes: { DONE: 'The time has passed.', EXITED: 'The user stopped waiting.' },
    example: 'Between Push Sender and Push Result Verifier.',
  },
  run({ id, config, state, answers, request: { locales }, now, isWaitOver }) {
    const end = state.get(endOf(id))
    const isExited = chosenIndex(answers, 'ConfirmationCallback') === exitPressed
    if (isExited || (typeof end === 'number' && (isWaitOver || now > end))) {
      state.remove(endOf(id))
      return goTo(isExited ? 'EXITED' : 'DONE')
    }
    if (typeof end !== 'number') state.putShared(endOf(id), now + config.secondsToWait * 1000)
    const number = state.getText(pushKeys.number)
    const message =
      number === undefined
        ? localise(config.waitingMessage, locales, 'Waiting for response...')
        : localise(config.challengeMessage, locales, challengeText)
    const waiting = callback('PollingWaitCallback', {
      waitTime: String(config.secondsToWait * 1000),
      message: message
        .replaceAll('{{time}}', String(config.secondsToWait))
        .replaceAll('{{challenge}}', number ?? ''),
    })
    const exit = exitButton(localise(config.exitMessage, locales, 'Cancel'))
    return send([waiting, ...shown(number), exit], { volatileKeys: [endOf(id)] })
  },
})

const challengeText = 'Tap the number [{{challenge}}] on the Push Notification to continue.'

function endOf(id: string): string {
  return `${id}.end_time`
}

function shown(number: string | undefined): Callback[] {
  return number === undefined
    ? []
    : [callback('HiddenValueCallback', { value: number, id: 'pushChallengeNumber' })]
}

function exitButton(label: string): Callback {
  const output = { prompt: '', messageType: 0, options: [label], optionType: -1, defaultOption: exitPressed }
  return callback('ConfirmationCallback', output, { '': exitNotPressed })
}
