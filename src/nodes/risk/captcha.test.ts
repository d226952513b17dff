import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startCaptchaService } from '../../../test/support/captcha-service.ts'
import { answer, callbacksOf, outcomeOf, runNode } from '../../../test/support/run-node.ts'
import type { JsonObject } from '../../base/json.ts'
import type { WebPort } from '../ports/outside-ports.ts'
import { captcha } from './captcha.ts'

let service: Awaited<ReturnType<typeof startCaptchaService>>

beforeAll(async () => {
  service = await startCaptchaService({ ESV_OUR_CAPTCHA_KEY: 'from the environment' })
})
beforeEach(() => {
  service.asked.length = 0
})
afterAll(() => service.stop())

function solve(response: string, settings: JsonObject = {}, web: WebPort = service.web) {
  return runNode(captcha, {
    config: { siteKey: 'site', secretKey: 'our secret', captchaUri: `${service.url}/verify`, ...settings },
    answers: [answer('ReCaptchaCallback', response)],
    ports: { web },
  })
}

test('sends the settings of the widget to the page', async () => {
  const { action } = await runNode(captcha, { config: { siteKey: 'site', secretKey: 'our secret' } })
  expect(callbacksOf(action)).toEqual([
    {
      type: 'ReCaptchaCallback',
      output: {
        recaptchaSiteKey: 'site',
        captchaApiUri: 'https://www.google.com/recaptcha/api.js',
        captchaDivClass: 'g-recaptcha',
        reCaptchaV3: false,
        disableSubmission: true,
      },
    },
  ])
})

test.each([
  ['a good response', { success: true }, {}, 'true'],
  ['a bad response', { success: false, 'error-codes': ['timeout-or-duplicate'] }, {}, 'false'],
  ['a response without a verdict', {}, {}, 'false'],
  ['a sufficient score', { success: true, score: 0.7 }, { scoreThreshold: '0.7' }, 'true'],
  ['a score that is too low', { success: true, score: 0.6 }, { scoreThreshold: '0.7' }, 'false'],
  ['a service without scores', { success: true }, { scoreThreshold: '0.7' }, 'true'],
])('decides on %s', async (_, body, settings, outcome) => {
  service.answer.body = body
  expect(outcomeOf((await solve('solved', settings)).action)).toBe(outcome)
})

test('sends key and response to the service as a form', async () => {
  service.answer.body = { success: true }
  await solve('a&b=c')
  expect(service.asked.map(({ url, body }) => [url, body])).toEqual([
    ['/verify', 'secret=our+secret&response=a%26b%3Dc'],
  ])
})

test('prefers the key from the environment', async () => {
  service.answer.body = { success: true }
  await solve('solved', { secretLabelIdentifier: 'our.captcha-key' })
  expect(service.asked[0]?.body).toBe('secret=from+the+environment&response=solved')
})

test.each([
  ['an empty response', '', {}, 'CAPTCHA response required for verification'],
  ['no key', 'solved', { secretKey: null, secretLabelIdentifier: 'none' }, 'No secret key found'],
])('fails without calling the service for %s', async (_, response, settings, message) => {
  expect((await solve(response, settings)).action).toEqual({ kind: 'error', message })
  expect(service.asked).toEqual([])
})

test('fails for a response that is not JSON, and logs no key', async () => {
  service.answer.body = 'out of order'
  const { action, log } = await solve('solved')
  expect(action).toEqual({ kind: 'error', message: 'Unable to verify CAPTCHA response' })
  expect(log).toEqual([{ level: 'warn', message: 'CAPTCHA service failed' }])
})

test('does not connect to an address inside the network unless it is allowed', async () => {
  const { action } = await solve('solved', {}, service.fencedWeb)
  expect(action).toEqual({ kind: 'error', message: 'Unable to verify CAPTCHA response' })
  expect(service.asked).toEqual([])
})
