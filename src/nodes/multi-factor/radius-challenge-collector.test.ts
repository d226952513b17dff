import { expect, test } from 'vitest'
import { answer, callbacksOf, outcomeOf, runNode } from '../../../test/support/run-node.ts'
import { radiusChallengeCollector } from './radius-challenge-collector.ts'

const challenge = { octets: 'c3Q=', replyMessage: 'Code of your token?', server: 'one', userName: 'kim' }

const collect = (radiusChallenge: object | undefined, typed?: string) =>
  runNode(radiusChallengeCollector, {
    transient: radiusChallenge === undefined ? {} : { radiusChallenge: { ...radiusChallenge } },
    ...(typed !== undefined && { answers: [answer('PasswordCallback', typed)] }),
  })

test.each([
  ['Code of your token?', 'Code of your token?'],
  ['', 'Challenge response'],
])('asks with the server’s text %j', async (replyMessage, prompt) => {
  const { action } = await collect({ ...challenge, replyMessage })
  expect(callbacksOf(action)).toMatchObject([{ type: 'PasswordCallback', output: { prompt } }])
})

test('keeps the answer for the RADIUS Decision node', async () => {
  const { action, state } = await collect(challenge, '123456')
  expect(outcomeOf(action)).toBe('outcome')
  expect(state.transient.radiusChallenge).toEqual({ ...challenge, response: '123456' })
})

test('an empty answer is one: some servers only wait for a tap on a phone', async () => {
  const { action, state } = await collect(challenge, '')
  expect(outcomeOf(action)).toBe('outcome')
  expect(state.transient.radiusChallenge).toEqual({ ...challenge, response: '' })
})

test.each([undefined, { octets: 'x' }])('fails without a challenge: %j', async (state) => {
  const { action } = await collect(state, '123456')
  expect(action).toMatchObject({ kind: 'error', message: 'No RADIUS challenge to answer' })
})
