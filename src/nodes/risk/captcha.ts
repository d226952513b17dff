import { z } from 'zod'
import { fail, goTo, send } from '../../engine/action.ts'
import { callback } from '../../engine/callbacks.ts'
import { decisionOutcomes } from '../../engine/node-type.ts'
import { textAnswer } from '../answers.ts'
import { defineNode, flagSetting, secretSetting, setting, textSetting } from '../define-node.ts'
import { captchaErrors, isEnough, scoreThreshold, verify, widgetOf, widgetSettings } from './captcha-check.ts'

const config = () =>
  z.object({
    siteKey: widgetSettings.siteKey,
    secretKey: secretSetting(
      'CAPTCHA Secret Key',
      'Secret key of the site at the service.',
      z.string().nullish(),
      ['captchaUri'],
      ({ secretLabelIdentifier }) => !secretLabelIdentifier,
    ),
    secretLabelIdentifier: setting(
      'CAPTCHA Secret Label Identifier',
      'Label of that key in the server’s environment: `my.key` is read from `ESV_MY_KEY`. Takes precedence over the key above.',
      z.string().nullish(),
      'secretLabel',
    ),
    captchaUri: textSetting(
      'CAPTCHA Verification URL',
      'URL of the service. A host that is not public must be allowed in the server’s settings.',
      'https://www.google.com/recaptcha/api/siteverify',
    ),
    apiUri: widgetSettings.apiUri,
    divClass: widgetSettings.divClass,
    reCaptchaV3: flagSetting(
      'ReCaptcha V3 Node',
      'Tells the page that the widget is invisible and gives a score.',
    ),
    scoreThreshold,
    disableSubmission: flagSetting(
      'Disable submission until verified',
      'Tells the page to disable its submit button until the CAPTCHA is solved.',
      true,
    ),
  })

/** Shows a CAPTCHA and verifies the response. Source: "CAPTCHA node". */
export const captcha = defineNode({
  type: 'product-CaptchaNode',
  title: 'CAPTCHA',
  help: 'Distinguishes people from programs with reCAPTCHA or hCaptcha.',
  tags: ['risk'],
  family: 'collect',
  config,
  outcomes: decisionOutcomes,
  callbacks: { ReCaptchaCallback: 'The widget. The answer is its response.' },
  errors: {
    ...captchaErrors,
    fail: { ...captchaErrors.fail, 'No secret key found': 'Neither setting gives a key.' },
  },
  needs: ['web'],
  reference: {
    outcomes: {
      true: 'The CAPTCHA was solved.',
      false: 'The CAPTCHA was not solved, or the score is too low.',
    },
  },
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
      log.warn('CAPTCHA service failed', error)
      return fail('Unable to verify CAPTCHA response')
    }
  },
})
