import { z } from 'zod'
import { fail, goTo, send } from '../../engine/action.ts'
import { callback } from '../../engine/callbacks.ts'
import { singleOutcome } from '../../engine/node-type.ts'
import { textAnswer } from '../answers.ts'
import { defineNode, secretSetting, setting } from '../define-node.ts'
import { captchaErrors, verify, widgetOf, widgetSettings } from './captcha-check.ts'

const config = z.object({
  siteKey: widgetSettings.siteKey,
  secretKey: secretSetting(
    'CAPTCHA Secret Key',
    'Key by which this server asks the service.',
    z.string().nullish(),
    () => true,
  ),
  reCaptchaUri: setting(
    'CAPTCHA Verification URL',
    'Where the service is asked. A host that is not public has to be allowed in the settings of the server.',
    z.string().default('https://www.google.com/recaptcha/api/siteverify'),
  ),
  apiUri: widgetSettings.apiUri,
  divClass: widgetSettings.divClass,
})

/** The older CAPTCHA: who does not solve it does not come by. Source: "Legacy CAPTCHA node". */
export const recaptcha = defineNode({
  type: 'product-ReCaptchaNode',
  version: '1.0',
  title: 'Legacy CAPTCHA',
  help: 'Tells people from programs; a CAPTCHA that is not solved ends the journey.',
  tags: ['risk'],
  family: 'collect',
  config,
  outcomes: singleOutcome,
  callbacks: { ReCaptchaCallback: 'The widget; takes its response.' },
  errors: {
    ...captchaErrors,
    fail: {
      ...captchaErrors.fail,
      'No secret key found': 'The key is not set.',
      'CAPTCHA verification failed': 'The service says that it was not solved.',
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
      log.warn('the CAPTCHA service gave no answer', error)
      return fail('Unable to verify CAPTCHA response')
    }
  },
})
