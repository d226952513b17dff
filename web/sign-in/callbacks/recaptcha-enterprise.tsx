import { Captcha, captchaAction } from '../captcha/captcha.tsx'
import { inputName, textOf } from '../step/inputs.ts'
import type { CallbackProps } from '../step/step-form.ts'

/** reCAPTCHA Enterprise returns a score without interaction. Without a score, the journey gets an error. */
export default function ReCaptchaEnterprise({ callback }: CallbackProps) {
  return (
    <Captcha
      id={inputName(callback)}
      url={textOf(callback, 'captchaApiUri') || 'https://www.google.com/recaptcha/enterprise.js'}
      siteKey={textOf(callback, 'recaptchaSiteKey')}
      isInvisible
      valuesOf={(token) =>
        token === undefined
          ? { [inputName(callback, 'clientError')]: 'The score was not given' }
          : { [inputName(callback)]: token, [inputName(callback, 'action')]: captchaAction }
      }
    />
  )
}
