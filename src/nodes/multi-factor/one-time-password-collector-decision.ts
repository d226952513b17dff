import { z } from 'zod'
import { goTo, send } from '../../engine/action.ts'
import { callback } from '../../engine/callbacks.ts'
import { decisionOutcomes } from '../../engine/node-type.ts'
import { textAnswer } from '../answers.ts'
import { defineNode, setting } from '../define-node.ts'
import { triesErrors } from './multi-factor.ts'
import { oneTimePassword } from './one-time-password.ts'

const wrongCode = 'The one-time password is wrong or too old'

/**
 * Asks for the one-time password that a node before made. A right one is used up; after a wrong one it stays, and may be
 * tried again. Source: "OTP Collector Decision node".
 */
export const oneTimePasswordCollectorDecision = defineNode({
  type: 'OneTimePasswordCollectorDecisionNode',
  version: '1.0',
  title: 'OTP Collector Decision',
  help: 'Asks for the one-time password that was sent, and decides whether it is right and still valid.',
  tags: ['multi-factor authentication'],
  config: z.object({
    passwordExpiryTime: setting(
      'One Time Password Validity Length',
      'How many minutes it is valid.',
      z.int().positive().default(5),
    ),
  }),
  outcomes: decisionOutcomes,
  reads: () => ['username', ...Object.values(oneTimePassword)],
  callbacks: { PasswordCallback: 'The one-time password.' },
  requires: () => [oneTimePassword.value],
  proves: { true: 'code' },
  errors: {
    warn: { ...triesErrors, [wrongCode]: 'It is not the one that was sent, or it was sent too long ago.' },
  },
  needs: ['identities', 'secrets', 'tries'],
  reference: {
    outputs: 'the one-time password, which a right answer takes out of state',
    outcomes: { true: 'It is right.', false: 'It is wrong, or too old, or too many were wrong.' },
  },
  async run({ config, state, answers, now, log, identities, secrets, tries }) {
    const given = textAnswer(answers, 'PasswordCallback')
    if (!given) return send([callback('PasswordCallback', { prompt: 'One Time Password' })])
    const madeAt = state.get(oneTimePassword.madeAt)
    const isValid = typeof madeAt === 'number' && now < (madeAt + config.passwordExpiryTime * 60) * 1000
    const sent = state.getText(oneTimePassword.value)
    const username = state.getText('username')
    const person = username ? await identities.find(username) : undefined
    const tried = await tries.check('code', person?._id, async () => {
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
