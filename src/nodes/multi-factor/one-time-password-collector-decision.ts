import { z } from 'zod'
import { goTo, send } from '../../engine/action.ts'
import { callback } from '../../engine/callbacks.ts'
import { decisionOutcomes } from '../../engine/node-type.ts'
import { textAnswer } from '../answers.ts'
import { defineNode, setting } from '../define-node.ts'
import { attemptErrors } from './multi-factor.ts'
import { oneTimePassword } from './one-time-password.ts'

const wrongCode = 'The one-time password is wrong or too old'

/**
 * Asks for the one-time password that an earlier node created. A right one is removed; after a wrong one the person may
 * try again. Source: "OTP Collector Decision node".
 */
export const oneTimePasswordCollectorDecision = defineNode({
  type: 'OneTimePasswordCollectorDecisionNode',
  title: 'OTP Collector Decision',
  help: 'Asks for the one-time password that was sent and checks it.',
  tags: ['multi-factor authentication'],
  config: () =>
    z.object({
      passwordExpiryTime: setting(
        'One Time Password Validity Length',
        'Minutes for which the password is valid.',
        z.int().positive().default(5),
      ),
    }),
  outcomes: decisionOutcomes,
  reads: () => ['username', ...Object.values(oneTimePassword)],
  callbacks: { PasswordCallback: 'The one-time password.' },
  requires: () => [oneTimePassword.value],
  proves: { true: 'code' },
  errors: {
    warn: {
      ...attemptErrors,
      [wrongCode]: 'The password differs from the one that was sent, or has expired.',
    },
  },
  needs: ['identities', 'secrets', 'attempts'],
  reference: {
    outputs: 'the one-time password, which is removed from state after a right answer',
    outcomes: {
      true: 'The password is right.',
      false: 'The password is wrong or has expired, or there were too many wrong attempts.',
    },
  },
  async run({ config, state, answers, now, log, identities, secrets, attempts }) {
    const given = textAnswer(answers, 'PasswordCallback')
    if (!given) return send([callback('PasswordCallback', { prompt: 'One Time Password' })])
    const madeAt = state.get(oneTimePassword.madeAt)
    const isValid = typeof madeAt === 'number' && now < (madeAt + config.passwordExpiryTime * 60) * 1000
    const sent = state.getText(oneTimePassword.value)
    const username = state.getText('username')
    const person = username ? await identities.find(username) : undefined
    // rule S05: otherwise emailed codes can be guessed without limit
    const tried = await attempts.check('code', person?._id, async () => {
      const isRight = sent !== undefined && secrets.isSame(given, sent) && isValid
      return isRight ? { kind: 'right', value: true } : { kind: 'wrong', reason: wrongCode }
    })
    if (tried.kind === 'wrong') {
      log.warn(tried.reason)
      return goTo('false')
    }
    state.remove(oneTimePassword.value).remove(oneTimePassword.madeAt)
    return goTo('true')
  },
})
