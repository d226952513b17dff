import { z } from 'zod'
import { isJsonObject, type Json, type JsonObject, jsonObjectSchema, parsedJson } from '../../base/json.ts'
import { goTo, send } from '../../engine/action.ts'
import { type Answer, callback } from '../../engine/callbacks.ts'
import { decisionOutcomes, type NodeContext } from '../../engine/node-type.ts'
import { defineNode, flagSetting, setting, textSetting } from '../define-node.ts'
import type { WebPort } from '../ports/outside-ports.ts'
import { isEnough, scoreThreshold, widgetOf } from './captcha-check.ts'

const payloadKey = 'CaptchaEnterpriseNode.PAYLOAD'
const resultKey = 'CaptchaEnterpriseNode.ASSESSMENT_RESULT'
const failureKey = 'CaptchaEnterpriseNode.FAILURE'

const config = () =>
  z.object({
    projectId: setting('Google Cloud project ID', 'Project of the assessments.', z.string()),
    siteKey: setting('reCAPTCHA Site Key', 'Public key of the site.', z.string()),
    secretLabelIdentifier: setting(
      'reCAPTCHA API key secret identifier',
      'Label of the API key in the server’s environment: `my.key` is read from `ESV_MY_KEY`.',
      z.string(),
      'secretLabel',
    ),
    scoreThreshold,
    storeAssessmentResult: flagSetting(
      'Store reCAPTCHA assessment JSON',
      `Stores the assessment in transient state as \`${resultKey}\`.`,
    ),
    storeErrors: flagSetting(
      'Store reCAPTCHA error messages',
      `Stores the reason for the outcome \`false\` in transient state as \`${failureKey}\`.`,
    ),
    divClass: textSetting('reCAPTCHA CSS class', 'CSS class of the element.', 'g-recaptcha'),
    captchaUri: textSetting(
      'reCAPTCHA verification URL',
      'URL of the service. A host that is not public must be allowed in the server’s settings.',
      'https://recaptchaenterprise.googleapis.com/v1',
    ),
    apiUri: textSetting(
      'JavaScript reCAPTCHA API URL',
      'URL of the script that the page loads.',
      'https://www.google.com/recaptcha/enterprise.js',
    ),
  })

type Context = NodeContext<z.infer<ReturnType<typeof config>>> & { web: WebPort }

const assessmentSchema = z.object({
  tokenProperties: z.object({ valid: z.boolean().default(false) }).default({ valid: false }),
  riskAnalysis: z.object({ score: z.number().exactOptional() }).default({}),
})

/**
 * Assesses the risk of a request. Only a good assessment takes the outcome `true`. Source: "reCAPTCHA Enterprise node".
 */
export const captchaEnterprise = defineNode({
  type: 'product-CaptchaEnterpriseNode',
  title: 'reCAPTCHA Enterprise',
  help: 'Assesses with reCAPTCHA Enterprise whether the client is a human.',
  tags: ['risk'],
  family: 'collect',
  config,
  outcomes: decisionOutcomes,
  reads: () => [payloadKey],
  writes: ({ storeAssessmentResult, storeErrors }) => [
    ...(storeAssessmentResult ? [resultKey] : []),
    ...(storeErrors ? [failureKey] : []),
  ],
  callbacks: { ReCaptchaEnterpriseCallback: 'The widget. The answer is its token.' },
  errors: {
    warn: { 'reCAPTCHA service failed': 'The service could not be reached, or its response is not JSON.' },
  },
  needs: ['web'],
  reference: {
    inputs: 'the client’s address and `User-Agent`',
    keys: {
      [payloadKey]: 'An object with further data for the assessment, such as events of the page.',
      [resultKey]: 'The assessment.',
      [failureKey]: 'The reason for the outcome `false`, as code and text.',
    },
    outcomes: { true: 'The assessment is good.', false: 'The assessment is bad or missing.' },
  },
  async run(context) {
    const { config, state, answers, log } = context
    const given = answers.find(({ type }) => type === 'ReCaptchaEnterpriseCallback')
    if (given === undefined) return send([callback('ReCaptchaEnterpriseCallback', widgetOf(config))])
    const failure = await assess(context, given).catch((error: unknown) => {
      log.warn('reCAPTCHA service failed', error)
      return 'IO_ERROR:no answer'
    })
    if (failure === undefined) return goTo('true')
    if (config.storeErrors) state.putTransient(failureKey, failure)
    return goTo('false')
  },
})

/** @returns the reason of a failure, if any */
async function assess(
  { config, state, web, request }: Context,
  { input }: Answer,
): Promise<string | undefined> {
  if (input.clientError) return `CLIENT_ERROR:${String(input.clientError)}`
  if (!input['']) return 'INVALID_TOKEN:Token is empty'
  const key = web.secret(config.secretLabelIdentifier)
  if (key === undefined) return 'INVALID_SECRET_KEY:Secret key could not be retrieved'
  const { status, body } = await web.send({
    url: `${config.captchaUri}/projects/${encodeURIComponent(config.projectId)}/assessments`,
    method: 'POST',
    // In a header, because URLs are logged.
    headers: { 'Content-Type': 'application/json', 'X-goog-api-key': key },
    body: JSON.stringify({
      event: {
        token: input[''],
        siteKey: config.siteKey,
        userIpAddress: request.clientIp,
        userAgent: request.headers['user-agent']?.join(',') ?? '',
        ...(input.action ? { expectedAction: input.action } : {}),
        ...payloadOf(input.payload),
        ...payloadOf(state.get(payloadKey)),
      },
    }),
    redirect: 'manual',
  })
  if (status !== 200) return `API_ERROR:status ${status}`
  const assessment: JsonObject = jsonObjectSchema.parse(JSON.parse(body))
  if (config.storeAssessmentResult) state.putTransient(resultKey, assessment)
  const { tokenProperties, riskAnalysis } = assessmentSchema.parse(assessment)
  const isGood = tokenProperties.valid && isEnough(riskAnalysis.score, config.scoreThreshold)
  return isGood ? undefined : 'VALIDATION_ERROR:CAPTCHA validation failed'
}

/** Clients send the payload as text. Null members are dropped. */
function payloadOf(payload: Json | undefined): JsonObject {
  const parsed = typeof payload === 'string' ? parsedJson(payload) : payload
  if (!isJsonObject(parsed)) return {}
  return Object.fromEntries(Object.entries(parsed).filter(([, value]) => value !== null))
}
