import { goTo, send } from '../../engine/action.ts'
import { callback, textOutput } from '../../engine/callbacks.ts'
import { textAnswer } from '../answers.ts'
import { defineNode } from '../define-node.ts'
import { callersTextsFor, wrongCodeText } from './callers-texts.ts'

/** The sign-in page recognizes the stage: it shows a numeric keypad and keeps browsers from filling in a username. */
const stage = 'VerificationCode'

/**
 * Asks the caller for the code that the agent reads out, so that a stolen link is not enough. Our own node type. The
 * secret is transferred between the channels instead of compared: NIST SP 800-63B, 3.1.3.
 */
export const verificationCode = defineNode({
  type: 'SidegateVerificationCodeNode',
  title: 'Verification Code',
  help: 'Asks the caller to enter the code that the agent reads out. The third wrong code ends the check.',
  tags: ['backchannel', 'sidegate'],
  outcomes: { all: { correct: 'Correct', exhausted: 'No Tries Left', error: 'Error' } },
  callbacks: {
    TextOutputCallback: 'After a wrong code: the number of attempts left.',
    NameCallback: 'The code.',
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
    outputs: 'attempts, and whether the code tied the check to this journey',
    outcomes: {
      correct: 'The code is right.',
      exhausted: 'Too many wrong codes. The transaction is denied.',
      error: 'The journey completes no check, or the check has ended.',
    },
    example: 'After Verification Notice, before the journey asks for anything that the caller knows.',
  },
  async run({ answers, verification, log, request }) {
    if ((await verification.notice()) === undefined) {
      log.warn('The journey completes no check of a help desk.')
      return goTo('error')
    }
    const code = textAnswer(answers, 'NameCallback')?.trim()
    const texts = callersTextsFor(request.locales)
    const question = callback('NameCallback', { prompt: texts.codePrompt })
    const page = { header: texts.codeHeader, description: texts.codeDescription, stage }
    if (!code) return send([question], page)
    const typed = await verification.typeCode(code)
    if (typed.kind === 'right') return goTo('correct')
    if (typed.kind === 'over') return goTo('error')
    if (typed.triesLeft === 0) return goTo('exhausted')
    return send([textOutput(wrongCodeText(request.locales, typed.triesLeft), '2'), question], page)
  },
})
