import { outputOf } from '../../api/authenticate.ts'
import { Captcha } from '../captcha/captcha.tsx'
import { inputName, textOf } from '../step/inputs.ts'
import type { CallbackProps } from '../step/step-form.ts'

/** reCAPTCHA, hCaptcha or Turnstile, depending on the script's URL. */
export default function ReCaptcha({ callback }: CallbackProps) {
  const name = inputName(callback)
  const mayBeEmpty = outputOf(callback, 'disableSubmission') === false
  return (
    <Captcha
      id={name}
      url={textOf(callback, 'captchaApiUri') || 'https://www.google.com/recaptcha/api.js'}
      siteKey={textOf(callback, 'recaptchaSiteKey')}
      isInvisible={outputOf(callback, 'reCaptchaV3') === true}
      valuesOf={(token) => (token === undefined && !mayBeEmpty ? undefined : { [name]: token ?? '' })}
    />
  )
}
