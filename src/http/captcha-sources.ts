/** Origins that a CAPTCHA service needs. Source: each service's page on content security policies. */
export type CaptchaSources = { scripts: string[]; frames: string[]; styles: string[]; connections: string[] }

const recaptcha = ['https://www.google.com/recaptcha/', 'https://www.recaptcha.net/recaptcha/']
const hcaptcha = ['https://hcaptcha.com', 'https://*.hcaptcha.com']
const turnstile = ['https://challenges.cloudflare.com']

/** Services whose scripts may run in the sign-in page, by their names in its path. Journeys cannot add any. */
const services: Readonly<Record<string, CaptchaSources>> = {
  recaptcha: {
    scripts: [...recaptcha, 'https://www.gstatic.com/recaptcha/', 'https://www.gstatic.cn/recaptcha/'],
    frames: [...recaptcha, 'https://recaptcha.google.com/recaptcha/'],
    styles: [],
    connections: recaptcha,
  },
  hcaptcha: { scripts: hcaptcha, frames: hcaptcha, styles: hcaptcha, connections: hcaptcha },
  turnstile: { scripts: turnstile, frames: turnstile, styles: [], connections: turnstile },
}

/**
 * The additional origins of the sign-in page on a path. The page moves to `/am/XUI/captcha/hcaptcha/` for a step that needs
 * hCaptcha, and leaves that path afterwards.
 */
export function captchaSourcesAt(path: string): CaptchaSources {
  const name = /^\/am\/XUI\/captcha\/(\w+)(?:\/|$)/.exec(path)?.[1]
  const found = name !== undefined && Object.hasOwn(services, name) ? services[name] : undefined
  return found ?? { scripts: [], frames: [], styles: [], connections: [] }
}
