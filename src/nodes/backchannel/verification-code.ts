import { goTo, send } from '../../engine/action.ts'
import { callback, textOutput } from '../../engine/callbacks.ts'
import { textAnswer } from '../answers.ts'
import { defineNode, noSettings } from '../define-node.ts'

/**
 * Asks a caller for the code that the agent reads out: whoever has the link alone does not get on. Ours, not AM's.
 * Source: NIST SP 800-63B, 3.1.3: a secret is transferred between the channels, and not compared.
 */
export const verificationCode = defineNode({
  type: 'SidegateVerificationCodeNode',
  version: '1.0',
  title: 'Verification Code',
  help: 'Asks the caller of a help desk to type the code that the agent reads out. The third wrong one ends the check.',
  tags: ['backchannel', 'sidegate'],
  config: noSettings,
  outcomes: { all: { correct: 'Correct', exhausted: 'No Tries Left', error: 'Error' } },
  callbacks: {
    TextOutputCallback: 'After a wrong code: how many tries are left.',
    NameCallback: 'The code.',
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
    outputs: 'tries, and whether the check was bound to this journey by its code',
    outcomes: {
      correct: 'The code is right.',
      exhausted: 'It was wrong too often; the transaction is denied.',
      error: 'The journey completes no check of a help desk, or its time is over.',
    },
    example: 'Right behind Verification Notice, before anything is asked that a person knows by heart.',
  },
  async run({ answers, verification, log }) {
    if ((await verification.notice()) === undefined) {
      log.warn('The journey completes no check of a help desk.')
      return goTo('error')
    }
    const code = textAnswer(answers, 'NameCallback')?.trim()
    if (!code) return send([question], page)
    const typed = await verification.typeCode(code)
    if (typed.kind === 'right') return goTo('correct')
    if (typed.kind === 'over') return goTo('error')
    if (typed.triesLeft === 0) return goTo('exhausted')
    return send([textOutput(triesLeftInWords(typed.triesLeft), '2'), question], page)
  },
})

/** The stage lets our own sign-in page bring up digits, and keeps browsers from filling in a user name. */
const page = {
  header: 'Type the code',
  description: 'The agent on the phone reads it to you. It has six digits.',
  stage: 'VerificationCode',
}

const question = callback('NameCallback', { prompt: 'Code that the agent reads to you' })

function triesLeftInWords(triesLeft: number): string {
  const tries = triesLeft === 1 ? 'One try is' : `${triesLeft} tries are`
  return `That is not the code. Ask the agent to read it again. ${tries} left.`
}
