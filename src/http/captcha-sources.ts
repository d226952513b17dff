/** Where the parts of a CAPTCHA come from. Sources: the page on content security policies of each service. */
export type CaptchaSources = { scripts: string[]; frames: string[]; styles: string[]; connections: string[] }

const recaptcha = ['https://www.google.com/recaptcha/', 'https://www.recaptcha.net/recaptcha/']
const hcaptcha = ['https://hcaptcha.com', 'https://*.hcaptcha.com']
const turnstile = ['https://challenges.cloudflare.com']

/** The services whose scripts may run in a sign-in page, by their names in its address. No journey can add one. */
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
 * What the sign-in page lets in besides its own, by its path. `/am/XUI/captcha/hcaptcha/` is the same page: it goes
 * there for a step that needs hCaptcha, and leaves afterwards.
 */
export function captchaSourcesAt(path: string): CaptchaSources {
  const name = /^\/am\/XUI\/captcha\/(\w+)(?:\/|$)/.exec(path)?.[1]
  const found = name !== undefined && Object.hasOwn(services, name) ? services[name] : undefined
  return found ?? { scripts: [], frames: [], styles: [], connections: [] }
}
