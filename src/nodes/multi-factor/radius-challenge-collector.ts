import { fail, goTo, send } from '../../engine/action.ts'
import { callback } from '../../engine/callbacks.ts'
import { singleOutcome } from '../../engine/node-type.ts'
import { textAnswer } from '../answers.ts'
import { challengeKey, challengeSchema } from '../basic-authentication/radius-challenge.ts'
import { defineNode } from '../define-node.ts'

/** Asks what a RADIUS server wants to know. Source: "RADIUS Challenge Collector node". */
export const radiusChallengeCollector = defineNode({
  type: 'RadiusChallengeCollectorNode',
  title: 'RADIUS Challenge Collector',
  help: 'Shows the challenge of a RADIUS server, such as a request for a one-time password, and collects the answer.',
  tags: ['multi-factor authentication'],
  outcomes: singleOutcome,
  reads: () => [challengeKey],
  writes: () => [challengeKey],
  requires: () => [challengeKey],
  callbacks: { PasswordCallback: 'The answer, which may be empty. Its prompt is the server’s text.' },
  errors: { fail: { 'No RADIUS challenge to answer': 'No RADIUS Decision node got a challenge before.' } },
  reference: {
    outcomes: { outcome: 'The person has answered. A RADIUS Decision node has to check it.' },
    example: 'At the outcome Challenge of a RADIUS Decision node, to which it leads back.',
  },
  run({ state, answers }) {
    const { data: challenge } = challengeSchema.safeParse(state.get(challengeKey))
    if (challenge === undefined) return fail('No RADIUS challenge to answer')
    const response = textAnswer(answers, 'PasswordCallback')
    // Some servers only want to be asked again, so an empty answer is one.
    if (response === undefined) {
      return send([callback('PasswordCallback', { prompt: challenge.replyMessage || 'Challenge response' })])
    }
    state.putTransient(challengeKey, { ...challenge, response })
    return goTo('outcome')
  },
})
