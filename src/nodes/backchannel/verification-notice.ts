import { fillText } from '../../base/server-texts.ts'
import { goTo, send } from '../../engine/action.ts'
import { callback, textOutput } from '../../engine/callbacks.ts'
import { chosenIndex } from '../answers.ts'
import { defineNode } from '../define-node.ts'
import type { CheckNotice } from '../ports/help-desk-ports.ts'
import { type CallersTexts, callersTextsFor } from './callers-texts.ts'

/** The sign-in page recognizes the stage and doesn't ask the same question again. */
const stage = 'VerificationNotice'

/**
 * Shows the caller who is asking and why, and lets them report that they are not that person or didn't call. An
 * attacker in the middle can relay codes, but can't make the caller have called. Our own node type. Source: IETF
 * "Cross-Device Flows: Security Best Current Practice", user education and trustworthy notices.
 */
export const verificationNotice = defineNode({
  type: 'SidegateVerificationNoticeNode',
  title: 'Verification Notice',
  help: 'Shows the caller who is asking and why. “This is not me” and “Somebody called me” end the check.',
  tags: ['backchannel', 'sidegate'],
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
  async run({ answers, verification, log, request }) {
    const notice = await verification.notice()
    if (notice === undefined) {
      log.warn('The journey completes no check of a help desk.')
      return goTo('error')
    }
    const chosen = chosenIndex(answers, 'ConfirmationCallback')
    if (chosen === 0) return goTo('continue')
    const texts = callersTextsFor(request.locales)
    const { header, options } = questionIn(texts, notice)
    if (chosen === 1 || (chosen === 2 && options.length > 2)) {
      await verification.reject(chosen === 1 ? 'notMe' : 'calledMe')
      return goTo('notMe')
    }
    return send(
      [
        textOutput(sentences(texts, notice).join('\n')),
        callback('ConfirmationCallback', {
          prompt: '',
          messageType: 0,
          options: [...options],
          optionType: -1,
          // A client that answers automatically must not continue for the caller.
          defaultOption: 1,
        }),
      ],
      { header, stage },
    )
  },
})

function questionIn(texts: CallersTexts, { vouchFor }: CheckNotice) {
  return vouchFor === undefined
    ? { header: texts.header, options: texts.options }
    : { header: fillText(texts.vouchHeader, { person: vouchFor }), options: texts.vouchOptions }
}

function sentences(texts: CallersTexts, notice: CheckNotice): string[] {
  const { agent, organisation, action, reason, ticket, secondAgent, vouchFor, reverseCode } = notice
  const withText = (template: string, text: string | undefined) =>
    text === undefined ? [] : [fillText(template, { text })]
  return [
    // rule H5: otherwise the notice names neither the agent nor the organisation
    ...(vouchFor === undefined
      ? [fillText(texts.asks, { agent, organisation }), texts.onlyIfCalled]
      : [fillText(texts.asksToVouch, { agent, organisation, person: vouchFor })]),
    // rule H5: otherwise the notice does not name the action
    ...withText(vouchFor === undefined ? texts.action : texts.callersAction, action),
    ...withText(texts.reason, reason),
    // rule H5: otherwise the notice does not name the ticket
    ...withText(texts.ticket, ticket),
    ...withText(texts.secondAgent, secondAgent),
    // rule H5: otherwise a client without our page gets no reverse code
    fillText(texts.readOut, { code: reverseCode }),
  ]
}
