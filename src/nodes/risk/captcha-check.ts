import { z } from 'zod'
import { jsonObjectSchema } from '../../base/json.ts'
import { setting, textSetting } from '../define-node.ts'
import type { WebPort } from '../ports/outside-ports.ts'

/** Settings of the CAPTCHA widget. */
export const widgetSettings = {
  siteKey: setting('CAPTCHA Site Key', 'Public key of the site.', z.string()),
  apiUri: textSetting(
    'CAPTCHA API URL',
    'URL of the script that the page loads.',
    'https://www.google.com/recaptcha/api.js',
  ),
  divClass: textSetting(
    'Class of CAPTCHA HTML Element',
    'CSS class of the element that contains the widget.',
    'g-recaptcha',
  ),
}

export const scoreThreshold = setting(
  'Score Threshold',
  'Lowest score that passes, from 0.0 to 1.0. A response without a score passes if it is valid.',
  z
    .string()
    .regex(/^\d*\.?\d+$/)
    .default('0.0'),
)

/** Errors of the CAPTCHA nodes. */
export const captchaErrors = {
  warn: { 'CAPTCHA service failed': 'The service could not be reached, or its response is not JSON.' },
  fail: {
    'CAPTCHA response required for verification': 'The page was submitted without a CAPTCHA response.',
    'Unable to verify CAPTCHA response': 'The service could not verify the response.',
  },
} as const

const verdictSchema = z.object({ success: z.boolean().default(false), score: z.number().nullish() })

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
 * Verifies a CAPTCHA response at its service. Sources: "Verifying the user's response" of reCAPTCHA, and hCaptcha.
 * @throws if the service's response is not JSON
 */
export async function verify(web: WebPort, url: string, secret: string, response: string) {
  const { body } = await web.send({
    url,
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ secret, response }).toString(),
    redirect: 'manual',
  })
  const { success, score } = verdictSchema.parse(jsonObjectSchema.parse(JSON.parse(body)))
  return { isValid: success, score: score ?? undefined }
}

/** Compares with the threshold. A missing score passes. */
export function isEnough(score: number | undefined, threshold: string): boolean {
  return score === undefined || score >= Number(threshold)
}
