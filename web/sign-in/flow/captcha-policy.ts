import type { Step } from '../../api/authenticate.ts'
import { textOf } from '../step/inputs.ts'
import { parseUrl } from './urls.ts'

/** Services that the server allows in a content security policy. Each has its own path, because a page has only one policy. */
export type CaptchaService = 'recaptcha' | 'hcaptcha' | 'turnstile'

const services: Readonly<Record<string, CaptchaService>> = {
  'www.google.com': 'recaptcha',
  'www.recaptcha.net': 'recaptcha',
  'hcaptcha.com': 'hcaptcha',
  'js.hcaptcha.com': 'hcaptcha',
  'challenges.cloudflare.com': 'turnstile',
}

const captchaPath = /^(\/am\/XUI)\/captcha\/(\w+)\/?/

/** The service that a step needs; undefined without a CAPTCHA, and for unknown services. */
export function captchaServiceOf(step: Step): CaptchaService | undefined {
  const captcha = step.callbacks.find(({ type }) => /^ReCaptcha(Enterprise)?Callback$/.test(type))
  return captcha && serviceAt(textOf(captcha, 'captchaApiUri') || 'https://www.google.com/recaptcha/api.js')
}

export function serviceAt(url: string): CaptchaService | undefined {
  const target = parseUrl(url)
  return target?.protocol === 'https:' && Object.hasOwn(services, target.host)
    ? services[target.host]
    : undefined
}

/** The service that this page's content security policy allows. */
export function allowedService(): string | undefined {
  return captchaPath.exec(location.pathname)?.[2]
}

/** The URL of this page with a policy that allows the service, or none. */
export function pathFor(service: CaptchaService | undefined): string {
  const { pathname, search, hash } = location
  const basePath = pathname.replace(captchaPath, '$1/')
  const path = service === undefined ? basePath : `/am/XUI/captcha/${service}/`
  return `${path}${search}${hash}`
}
