import { z } from 'zod'
import { jsonObjectSchema } from '../../engine/json.ts'
import { setting } from '../define-node.ts'
import type { WebPort } from '../ports/outside-ports.ts'

/** Where the widget of a CAPTCHA comes from, and the key that the site has there. */
export const widgetSettings = {
  siteKey: setting('CAPTCHA Site Key', 'Key of the site, which the page shows.', z.string()),
  apiUri: setting(
    'CAPTCHA API URL',
    'Script that the page loads.',
    z.string().default('https://www.google.com/recaptcha/api.js'),
  ),
  divClass: setting(
    'Class of CAPTCHA HTML Element',
    'Class of the element that holds the widget.',
    z.string().default('g-recaptcha'),
  ),
}

export const scoreThreshold = setting(
  'Score Threshold',
  'Lowest score that passes, 0.0 to 1.0. Services that give no score pass all that they find valid.',
  z
    .string()
    .regex(/^\d*\.?\d+$/)
    .default('0.0'),
)

/** What nodes say that have a CAPTCHA solved. */
export const captchaErrors = {
  warn: { 'the CAPTCHA service gave no answer': 'It could not be reached, or did not answer in JSON.' },
  fail: {
    'CAPTCHA response required for verification': 'The page was sent with nothing solved.',
    'Unable to verify CAPTCHA response': 'The service gave no answer.',
  },
} as const

const verdictSchema = z.object({ success: z.boolean().default(false), score: z.number().nullish() })

/** What a client is shown. */
export function widgetOf({
  siteKey,
  apiUri,
  divClass,
}: {
  siteKey: string
  apiUri: string
  divClass: string
}) {
  return { recaptchaSiteKey: siteKey, captchaApiUri: apiUri, captchaDivClass: divClass }
}

/**
 * Asks the service whether a response is good. Sources: "Verifying the user's response" of reCAPTCHA, and hCaptcha.
 * @throws when it does not answer in JSON.
 */
export async function verify(web: WebPort, url: string, secret: string, response: string) {
  const { body } = await web.send({
    url,
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ secret, response }).toString(),
  })
  const { success, score } = verdictSchema.parse(jsonObjectSchema.parse(JSON.parse(body)))
  return { isValid: success, score: score ?? undefined }
}

/** A missing score passes. */
export function isEnough(score: number | undefined, threshold: string): boolean {
  return score === undefined || score >= Number(threshold)
}
