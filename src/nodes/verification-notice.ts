import { goTo, send } from '../journey/action.ts'
import { callback, textOutput } from '../journey/callbacks.ts'
import { chosenIndex } from './answers.ts'
import { defineNode, noSettings } from './define-node.ts'
import type { CheckNotice } from './ports.ts'

/** The stage of the page, by which our own sign-in page knows that it has asked this already. */
const stage = 'VerificationNotice'

/**
 * Tells a caller who asks and what for, before they do anything, and lets them say that it is not them. Ours, not AM's.
 * Source: IETF "Cross-Device Flows: Security Best Current Practice", user education and trustworthy notices.
 */
export const verificationNotice = defineNode({
  type: 'SidegateVerificationNoticeNode',
  version: '1.0',
  title: 'Verification Notice',
  help: 'Tells the caller of a help desk who asks and what for. "This is not me" ends the check at once.',
  tags: ['backchannel', 'sidegate'],
  config: noSettings,
  outcomes: { all: { continue: 'Continue', notMe: 'This is not me', error: 'Error' } },
  callbacks: {
    TextOutputCallback: 'Who asks, for which organisation, and what shall be done.',
    ConfirmationCallback: '“Continue” and “This is not me”.',
  },
  errors: {
    warn: {
      'The journey completes no check of a help desk.':
        'It was started by name, or its transaction is no check.',
    },
  },
  needs: ['verification'],
  reference: {
    inputs: 'the check that the journey completes',
    outputs: 'by `notMe`, the transaction is denied, and nobody of that name is asked again for a while',
    outcomes: {
      continue: 'The caller goes on.',
      notMe: 'The caller says that it is not them.',
      error: 'The journey completes no check of a help desk, or its time is over.',
    },
    example: 'The first node of every journey that a help desk sends callers to.',
  },
  async run({ answers, verification, log }) {
    const notice = await verification.notice()
    if (notice === undefined) {
      log.warn('The journey completes no check of a help desk.')
      return goTo('error')
    }
    const chosen = chosenIndex(answers, 'ConfirmationCallback')
    if (chosen === 0) return goTo('continue')
    if (chosen === 1) {
      await verification.reject()
      return goTo('notMe')
    }
    return send(
      [
        textOutput(inWords(notice)),
        callback('ConfirmationCallback', {
          prompt: '',
          messageType: 0,
          options: ['Continue', 'This is not me'],
          optionType: -1,
          // A client that answers by itself must not go on in the caller's place.
          defaultOption: 1,
        }),
      ],
      { header: 'Are you on the phone with us?', stage },
    )
  },
})

function inWords({ agent, organisation, action, reason, ticket, reverseCode }: CheckNotice): string {
  return [
    `${agent} of ${organisation} asks you to prove who you are.`,
    ...(action === undefined ? [] : [`What for: ${action}.`]),
    ...(reason === undefined ? [] : [`Reason: ${reason}`]),
    ...(ticket === undefined ? [] : [`Ticket: ${ticket}`]),
    `Ask them to read out this code: ${reverseCode}. If they cannot, hang up, and call us back on the number that you know.`,
  ].join('\n')
}
