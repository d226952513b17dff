import { z } from 'zod'
import { fail, goTo, send } from '../../engine/action.ts'
import { callback } from '../../engine/callbacks.ts'
import { decisionOutcomes } from '../../engine/node-type.ts'
import { textAnswer } from '../answers.ts'
import { defineNode, secretSetting, setting } from '../define-node.ts'
import { captchaErrors, isEnough, scoreThreshold, verify, widgetOf, widgetSettings } from './captcha-check.ts'

const config = z.object({
  siteKey: widgetSettings.siteKey,
  secretKey: secretSetting(
    'CAPTCHA Secret Key',
    'Key by which this server asks the service.',
    z.string().nullish(),
    ({ secretLabelIdentifier }) => !secretLabelIdentifier,
  ),
  secretLabelIdentifier: setting(
    'CAPTCHA Secret Label Identifier',
    'Label of that key in the environment of the server: `my.key` is `ESV_MY_KEY`. Goes before the setting above.',
    z.string().nullish(),
    'secretLabel',
  ),
  captchaUri: setting(
    'CAPTCHA Verification URL',
    'Where the service is asked. A host that is not public has to be allowed in the settings of the server.',
    z.string().default('https://www.google.com/recaptcha/api/siteverify'),
  ),
  apiUri: widgetSettings.apiUri,
  divClass: widgetSettings.divClass,
  reCaptchaV3: setting(
    'ReCaptcha V3 Node',
    'Whether the page is told that the widget is invisible and gives a score.',
    z.boolean().default(false),
  ),
  scoreThreshold,
  disableSubmission: setting(
    'Disable submission until verified',
    'Whether the page is told to wait for a response before it may be sent.',
    z.boolean().default(true),
  ),
})

/** Has the person solve a CAPTCHA, and asks its service whether they did. Source: "CAPTCHA node". */
export const captcha = defineNode({
  type: 'product-CaptchaNode',
  version: '1.0',
  title: 'CAPTCHA',
  help: 'Tells people from programs, with reCAPTCHA or hCaptcha.',
  tags: ['risk'],
  family: 'collect',
  config,
  outcomes: decisionOutcomes,
  callbacks: { ReCaptchaCallback: 'The widget; takes its response.' },
  errors: {
    ...captchaErrors,
    fail: { ...captchaErrors.fail, 'No secret key found': 'Neither setting names a key.' },
  },
  needs: ['web'],
  reference: { outcomes: { true: 'It was solved.', false: 'It was not, or the score is too low.' } },
  async run({ config, answers, web, log }) {
    const response = textAnswer(answers, 'ReCaptchaCallback')
    const { reCaptchaV3, disableSubmission } = config
    const widget = { ...widgetOf(config), reCaptchaV3, disableSubmission }
    if (response === undefined) return send([callback('ReCaptchaCallback', widget)])
    if (response === '') return fail('CAPTCHA response required for verification')
    const labelled = config.secretLabelIdentifier ? web.secret(config.secretLabelIdentifier) : undefined
    const secret = labelled ?? config.secretKey
    if (!secret) return fail('No secret key found')
    try {
      const { isValid, score } = await verify(web, config.captchaUri, secret, response)
      return goTo(isValid && isEnough(score, config.scoreThreshold) ? 'true' : 'false')
    } catch (error) {
      log.warn('the CAPTCHA service gave no answer', error)
      return fail('Unable to verify CAPTCHA response')
    }
  },
})
