import { z } from 'zod'
import { goTo, send } from '../../engine/action.ts'
import { type Answer, callback } from '../../engine/callbacks.ts'
import { isJsonObject, type Json, type JsonObject, jsonObjectSchema } from '../../engine/json.ts'
import { decisionOutcomes, type NodeContext } from '../../engine/node-type.ts'
import { defineNode, setting } from '../define-node.ts'
import type { WebPort } from '../ports/outside-ports.ts'
import { isEnough, scoreThreshold, widgetOf } from './captcha-check.ts'

const payloadKey = 'CaptchaEnterpriseNode.PAYLOAD'
const resultKey = 'CaptchaEnterpriseNode.ASSESSMENT_RESULT'
const failureKey = 'CaptchaEnterpriseNode.FAILURE'

const config = z.object({
  projectId: setting('Google Cloud project ID', 'Project that the assessment belongs to.', z.string()),
  siteKey: setting('reCAPTCHA Site Key', 'Key of the site, which the page shows.', z.string()),
  secretLabelIdentifier: setting(
    'reCAPTCHA API key secret identifier',
    'Label of the API key in the environment of the server: `my.key` is `ESV_MY_KEY`.',
    z.string(),
    'secretLabel',
  ),
  scoreThreshold,
  storeAssessmentResult: setting(
    'Store reCAPTCHA assessment JSON',
    `Whether the assessment is kept in transient state, as \`${resultKey}\`.`,
    z.boolean().default(false),
  ),
  storeErrors: setting(
    'Store reCAPTCHA error messages',
    `Whether the reason for \`false\` is kept in transient state, as \`${failureKey}\`.`,
    z.boolean().default(false),
  ),
  divClass: setting('reCAPTCHA CSS class', 'Class of the element.', z.string().default('g-recaptcha')),
  captchaUri: setting(
    'reCAPTCHA verification URL',
    'Where the service is asked. A host that is not public has to be allowed in the settings of the server.',
    z.string().default('https://recaptchaenterprise.googleapis.com/v1'),
  ),
  apiUri: setting(
    'JavaScript reCAPTCHA API URL',
    'Script that the page loads.',
    z.string().default('https://www.google.com/recaptcha/enterprise.js'),
  ),
})

type Context = NodeContext<z.infer<typeof config>> & { web: WebPort }

const assessmentSchema = z.object({
  tokenProperties: z.object({ valid: z.boolean().default(false) }).default({ valid: false }),
  riskAnalysis: z.object({ score: z.number().exactOptional() }).default({}),
})

/** Has the risk of a request assessed. Nothing but a good assessment is true. Source: "reCAPTCHA Enterprise node". */
export const captchaEnterprise = defineNode({
  type: 'product-CaptchaEnterpriseNode',
  version: '1.0',
  title: 'reCAPTCHA Enterprise',
  help: 'Has reCAPTCHA Enterprise assess whether a person is there.',
  tags: ['risk'],
  family: 'collect',
  config,
  outcomes: decisionOutcomes,
  reads: () => [payloadKey],
  writes: ({ storeAssessmentResult, storeErrors }) => [
    ...(storeAssessmentResult ? [resultKey] : []),
    ...(storeErrors ? [failureKey] : []),
  ],
  callbacks: { ReCaptchaEnterpriseCallback: 'The widget; takes its token.' },
  errors: {
    warn: { 'the reCAPTCHA service gave no answer': 'It could not be reached, or did not answer in JSON.' },
  },
  needs: ['web'],
  reference: {
    inputs: 'address and `User-Agent` of the client',
    keys: {
      [payloadKey]: 'An object with more for the assessment, such as the events of the page.',
      [resultKey]: 'The assessment.',
      [failureKey]: 'Why it left by `false`, as code and text.',
    },
    outcomes: { true: 'The assessment is good.', false: 'It is not, or there is none.' },
  },
  async run(context) {
    const { config, state, answers, log } = context
    const given = answers.find(({ type }) => type === 'ReCaptchaEnterpriseCallback')
    if (given === undefined) return send([callback('ReCaptchaEnterpriseCallback', widgetOf(config))])
    const failure = await assess(context, given).catch((error: unknown) => {
      log.warn('the reCAPTCHA service gave no answer', error)
      return 'IO_ERROR:no answer'
    })
    if (failure === undefined) return goTo('true')
    if (config.storeErrors) state.putTransient(failureKey, failure)
    return goTo('false')
  },
})

/** @returns what is wrong; undefined when nothing is. */
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
    // In a header, because addresses find their way into logs.
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
  })
  if (status !== 200) return `API_ERROR:status ${status}`
  const assessment: JsonObject = jsonObjectSchema.parse(JSON.parse(body))
  if (config.storeAssessmentResult) state.putTransient(resultKey, assessment)
  const { tokenProperties, riskAnalysis } = assessmentSchema.parse(assessment)
  const isGood = tokenProperties.valid && isEnough(riskAnalysis.score, config.scoreThreshold)
  return isGood ? undefined : 'VALIDATION_ERROR:CAPTCHA validation failed'
}

/** Clients send it as text; members without a value say nothing. */
function payloadOf(payload: Json | undefined): JsonObject {
  const parsed = typeof payload === 'string' ? parsedOrNull(payload) : payload
  if (!isJsonObject(parsed)) return {}
  return Object.fromEntries(Object.entries(parsed).filter(([, value]) => value !== null))
}

function parsedOrNull(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
