import { goTo, send } from '../../engine/action.ts'
import { callback, textOutput } from '../../engine/callbacks.ts'
import { chosenIndex } from '../answers.ts'
import { defineNode, noSettings } from '../define-node.ts'
import type { CheckNotice } from '../ports/ports.ts'

/** The sign-in page recognizes the stage and doesn't ask the same question again. */
const stage = 'VerificationNotice'

/**
 * Shows the caller who is asking and why, and lets them report that they are not that person or didn't call. An
 * attacker in the middle can relay codes, but can't make the caller have called. Our own node type. Source: IETF
 * "Cross-Device Flows: Security Best Current Practice", user education and trustworthy notices.
 */
export const verificationNotice = defineNode({
  type: 'SidegateVerificationNoticeNode',
  version: '1.0',
  title: 'Verification Notice',
  help: 'Shows the caller who is asking and why. “This is not me” and “Somebody called me” end the check.',
  tags: ['backchannel', 'sidegate'],
  config: noSettings,
  outcomes: { all: { continue: 'Continue', notMe: 'This is not me', error: 'Error' } },
  callbacks: {
    TextOutputCallback: 'The agent, the organization and the requested action.',
    ConfirmationCallback:
      '“Continue”, “This is not me” and “Somebody called me”. A person who is asked to vouch gets “Yes, I know” and “No, I don’t vouch”.',
  },
  errors: {
    warn: {
      'The journey completes no check of a help desk.':
        'The journey was started by name, or its transaction is not a check.',
    },
  },
  needs: ['verification'],
  reference: {
    inputs: 'the check that the journey completes',
    outputs:
      'by `notMe`, the transaction is denied, and new checks of the person are blocked for a while unless they were asked to vouch',
    outcomes: {
      continue: 'The caller continues.',
      notMe: 'The caller says that this is not them, that somebody called them, or that they don’t vouch.',
      error: 'The journey completes no check, or the check has ended.',
    },
    example: 'The first node of every journey for callers.',
  },
  async run({ answers, verification, log }) {
    const notice = await verification.notice()
    if (notice === undefined) {
      log.warn('The journey completes no check of a help desk.')
      return goTo('error')
    }
    const chosen = chosenIndex(answers, 'ConfirmationCallback')
    if (chosen === 0) return goTo('continue')
    const { vouchFor } = notice
    const words = vouchFor === undefined ? callersWords : vouchWords(vouchFor)
    if (chosen === 1 || (chosen === 2 && words.options.length > 2)) {
      await verification.reject(chosen === 1 ? 'notMe' : 'calledMe')
      return goTo('notMe')
    }
    return send(
      [
        textOutput(inWords(notice)),
        callback('ConfirmationCallback', {
          prompt: '',
          messageType: 0,
          options: [...words.options],
          optionType: -1,
          // A client that answers automatically must not continue for the caller.
          defaultOption: 1,
        }),
      ],
      { header: words.header, stage },
    )
  },
})

const callersWords = {
  header: 'Are you on the phone with us?',
  options: ['Continue', 'This is not me', 'Somebody called me'],
}

function vouchWords(person: string): typeof callersWords {
  return {
    header: `Do you know that ${person} is calling us?`,
    options: ['Yes, I know', 'No, I don’t vouch'],
  }
}

function inWords({
  agent,
  organisation,
  action,
  reason,
  ticket,
  vouchFor,
  reverseCode,
}: CheckNotice): string {
  const asks =
    vouchFor === undefined
      ? [
          `${agent} of ${organisation} asks you to prove who you are.`,
          'Continue only if you called the help desk. If somebody called you, choose “Somebody called me” and hang up.',
        ]
      : [
          `${vouchFor} says that you are their manager. ${agent} of ${organisation} asks you to vouch for them.`,
        ]
  return [
    ...asks,
    ...(action === undefined ? [] : [`What for: ${action}.`]),
    ...(reason === undefined ? [] : [`Reason: ${reason}`]),
    ...(ticket === undefined ? [] : [`Ticket: ${ticket}`]),
    `Ask the agent to read out this code: ${reverseCode}. If they can’t, hang up: they don’t work for us. Call the help desk on the number that you know.`,
  ].join('\n')
}
