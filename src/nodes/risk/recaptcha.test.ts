import { afterAll, beforeAll, expect, test } from 'vitest'
import { startCaptchaService } from '../../../test/support/captcha-service.ts'
import { answer, callbacksOf, runNode } from '../../../test/support/run-node.ts'
import type { JsonObject } from '../../base/json.ts'
import { recaptcha } from './recaptcha.ts'

let service: Awaited<ReturnType<typeof startCaptchaService>>

beforeAll(async () => {
  service = await startCaptchaService()
})
afterAll(() => service.stop())

function solve(response: string, body: JsonObject | string) {
  service.answer.body = body
  return runNode(recaptcha, {
    config: { siteKey: 'site', secretKey: 'our secret', reCaptchaUri: service.url },
    answers: [answer('ReCaptchaCallback', response)],
    ports: { web: service.web },
  })
}

test('sends the settings of the widget to the page', async () => {
  const { action } = await runNode(recaptcha, { config: { siteKey: 'site', secretKey: 'our secret' } })
  expect(callbacksOf(action)[0]?.output.recaptchaSiteKey).toBe('site')
})

test('continues for a good response', async () => {
  expect((await solve('solved', { success: true })).action).toEqual({ kind: 'goTo', outcome: 'outcome' })
})

test.each([
  ['a bad response', 'guessed', { success: false }, 'CAPTCHA verification failed'],
  ['an empty response', '', { success: true }, 'CAPTCHA response required for verification'],
  ['a response that is not JSON', 'solved', 'out of order', 'Unable to verify CAPTCHA response'],
])('fails for %s', async (_, response, body, message) => {
  expect((await solve(response, body)).action).toEqual({ kind: 'error', message })
})

test('fails without a key', async () => {
  const answers = [answer('ReCaptchaCallback', 'solved')]
  const { action } = await runNode(recaptcha, { config: { siteKey: 'site', secretKey: null }, answers })
  expect(action).toEqual({ kind: 'error', message: 'No secret key found' })
})
