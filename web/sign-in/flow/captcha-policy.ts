import type { Step } from '../../api/authenticate.ts'
import { textOf } from '../step/inputs.ts'
import { parsedUrl } from './landing-page.ts'

/** Services whose scripts the server lets into the page, at an address of its own for each. */
export type CaptchaService = 'recaptcha' | 'hcaptcha' | 'turnstile'

const services: Readonly<Record<string, CaptchaService>> = {
  'www.google.com': 'recaptcha',
  'www.recaptcha.net': 'recaptcha',
  'hcaptcha.com': 'hcaptcha',
  'js.hcaptcha.com': 'hcaptcha',
  'challenges.cloudflare.com': 'turnstile',
}

const place = /^(\/am\/XUI)\/captcha\/(\w+)\/?/

/** The service whose script a step needs; undefined without a CAPTCHA, or for a service that the server does not know. */
export function captchaServiceOf(step: Step): CaptchaService | undefined {
  const asking = step.callbacks.find(({ type }) => /^ReCaptcha(Enterprise)?Callback$/.test(type))
  return asking && serviceAt(textOf(asking, 'captchaApiUri') || 'https://www.google.com/recaptcha/api.js')
}

export function serviceAt(url: string): CaptchaService | undefined {
  const target = parsedUrl(url)
  return target?.protocol === 'https:' && Object.hasOwn(services, target.host)
    ? services[target.host]
    : undefined
}

/** The service that the policy of this very page lets in. */
export function openService(): string | undefined {
  return place.exec(location.pathname)?.[2]
}

/** The address of this page under the policy for a service, or for none. */
export function addressFor(service: CaptchaService | undefined): string {
  const { pathname, search, hash } = location
  const bare = pathname.replace(place, '$1/')
  const path = service === undefined ? bare : `/am/XUI/captcha/${service}/`
  return `${path}${search}${hash}`
}
