import { z } from 'zod'
import { fail, goTo, send } from '../../engine/action.ts'
import { callback } from '../../engine/callbacks.ts'
import { singleOutcome } from '../../engine/node-type.ts'
import { textAnswer } from '../answers.ts'
import { defineNode, secretSetting, textSetting } from '../define-node.ts'
import { captchaErrors, verify, widgetOf, widgetSettings } from './captcha-check.ts'

const config = () =>
  z.object({
    siteKey: widgetSettings.siteKey,
    secretKey: secretSetting(
      'CAPTCHA Secret Key',
      'Secret key of the site at the service.',
      z.string().nullish(),
      ['reCaptchaUri'],
      () => true,
    ),
    reCaptchaUri: textSetting(
      'CAPTCHA Verification URL',
      'URL of the service. A host that is not public must be allowed in the server’s settings.',
      'https://www.google.com/recaptcha/api/siteverify',
    ),
    apiUri: widgetSettings.apiUri,
    divClass: widgetSettings.divClass,
  })

/** The legacy CAPTCHA, which ends the journey if it isn't solved. Source: "Legacy CAPTCHA node". */
export const recaptcha = defineNode({
  type: 'product-ReCaptchaNode',
  title: 'Legacy CAPTCHA',
  help: 'Distinguishes people from programs. Ends the journey if the CAPTCHA is not solved.',
  tags: ['risk'],
  family: 'collect',
  config,
  outcomes: singleOutcome,
  callbacks: { ReCaptchaCallback: 'The widget. The answer is its response.' },
  errors: {
    ...captchaErrors,
    fail: {
      ...captchaErrors.fail,
      'No secret key found': 'The key is not set.',
      'CAPTCHA verification failed': 'The service reports that the CAPTCHA was not solved.',
    },
  },
  needs: ['web'],
  async run({ config, answers, web, log }) {
    const response = textAnswer(answers, 'ReCaptchaCallback')
    if (response === undefined) return send([callback('ReCaptchaCallback', widgetOf(config))])
    if (response === '') return fail('CAPTCHA response required for verification')
    if (!config.secretKey) return fail('No secret key found')
    try {
      const { isValid } = await verify(web, config.reCaptchaUri, config.secretKey, response)
      return isValid ? goTo('outcome') : fail('CAPTCHA verification failed')
    } catch (error) {
      log.warn('CAPTCHA service failed', error)
      return fail('Unable to verify CAPTCHA response')
    }
  },
})
