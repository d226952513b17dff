import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startCaptchaService } from '../../../test/support/captcha-service.ts'
import { answer, callbacksOf, outcomeOf, runNode } from '../../../test/support/run-node.ts'
import type { JsonObject } from '../../base/json.ts'
import { captchaEnterprise } from './captcha-enterprise.ts'

const good = { tokenProperties: { valid: true }, riskAnalysis: { score: 0.9 } }
const failureKey = 'CaptchaEnterpriseNode.FAILURE'

let service: Awaited<ReturnType<typeof startCaptchaService>>

beforeAll(async () => {
  service = await startCaptchaService({ ESV_OUR_KEY: 'the key' })
})
beforeEach(() => {
  service.asked.length = 0
  service.answer.status = 200
  service.answer.body = good
})
afterAll(() => service.stop())

const required = { projectId: 'our project', siteKey: 'site', secretLabelIdentifier: 'our.key' }

function assess(token: string, more: JsonObject = {}, settings: JsonObject = {}, shared: JsonObject = {}) {
  return runNode(captchaEnterprise, {
    config: { ...required, captchaUri: service.url, storeErrors: true, ...settings },
    answers: [answer('ReCaptchaEnterpriseCallback', token, more)],
    request: { headers: { 'user-agent': ['Tester'] } },
    shared,
    ports: { web: service.web },
  })
}

test('sends the settings of the widget to the page', async () => {
  const { action } = await runNode(captchaEnterprise, { config: required })
  expect(callbacksOf(action)).toEqual([
    {
      type: 'ReCaptchaEnterpriseCallback',
      output: {
        recaptchaSiteKey: 'site',
        captchaApiUri: 'https://www.google.com/recaptcha/enterprise.js',
        captchaDivClass: 'g-recaptcha',
      },
    },
  ])
})

test('takes the outcome true for a good assessment, and keeps the key out of URLs', async () => {
  const payload = { accountId: 'kim', hashedAccountId: null }
  const more = { action: 'login', payload: JSON.stringify({ express: true }) }
  const { action, state } = await assess('token', more, {}, { 'CaptchaEnterpriseNode.PAYLOAD': payload })
  expect(outcomeOf(action)).toBe('true')
  expect(state.transient).toEqual({})
  const [{ url, headers, body } = { url: '', headers: {}, body: '' }] = service.asked
  expect(url).toBe('/projects/our%20project/assessments')
  expect(headers['x-goog-api-key']).toBe('the key')
  expect(JSON.parse(body)).toEqual({
    event: {
      token: 'token',
      siteKey: 'site',
      userIpAddress: '127.0.0.1',
      userAgent: 'Tester',
      expectedAction: 'login',
      express: true,
      accountId: 'kim',
    },
  })
})

test('stores the assessment if enabled', async () => {
  const { state } = await assess('token', {}, { storeAssessmentResult: true })
  expect(state.transient).toEqual({ 'CaptchaEnterpriseNode.ASSESSMENT_RESULT': good })
})

test.each([
  ['an error of the client', { clientError: 'no network' }, {}, 'CLIENT_ERROR:no network'],
  ['no key', {}, { secretLabelIdentifier: 'none' }, 'INVALID_SECRET_KEY:Secret key could not be retrieved'],
  ['a score that is too low', {}, { scoreThreshold: '1.0' }, 'VALIDATION_ERROR:CAPTCHA validation failed'],
  ['a host that is not allowed', {}, { captchaUri: 'http://10.0.0.1' }, 'IO_ERROR:no answer'],
])('takes the outcome false and stores the reason for %s', async (_, more, settings, failure) => {
  const { action, state } = await assess('token', more, settings)
  expect(outcomeOf(action)).toBe('false')
  expect(state.transient[failureKey]).toBe(failure)
})

test.each([
  ['an empty token', '', 200, good, 'INVALID_TOKEN:Token is empty'],
  ['a refusal', 'token', 403, {}, 'API_ERROR:status 403'],
  [
    'an invalid token',
    'token',
    200,
    { tokenProperties: { valid: false } },
    'VALIDATION_ERROR:CAPTCHA validation failed',
  ],
  ['an empty assessment', 'token', 200, {}, 'VALIDATION_ERROR:CAPTCHA validation failed'],
  ['a response that is not JSON', 'token', 200, 'out of order', 'IO_ERROR:no answer'],
])('takes the outcome false for %s', async (_, token, status, body, failure) => {
  Object.assign(service.answer, { status, body })
  const { action, state } = await assess(token)
  expect(outcomeOf(action)).toBe('false')
  expect(state.transient[failureKey]).toBe(failure)
})

test('stores reasons only if enabled', async () => {
  expect((await assess('', {}, { storeErrors: false })).state.transient).toEqual({})
})
