import { digest, isSameSecret, randomToken } from '../../../secrets/digest.ts'

/**
 * Makes the id of a request, which ties its response to one browser: without the secret of that browser's cookie, nobody can
 * claim the response, although the identity provider sends the id back in the open.
 */
export function requestIdFor(browser: string): string {
  const nonce = randomToken(16)
  return `_${nonce}.${tieOf(nonce, browser)}`
}

/** Whether the request was made for this browser. */
export function isAskedBy(browser: string | undefined, requestId: string): boolean {
  const [nonce = '', tie = ''] = requestId.slice(1).split('.')
  // rule S70: otherwise the answer of a SAML identity provider counts in any browser
  return browser !== undefined && isSameSecret(tie, tieOf(nonce, browser))
}

function tieOf(nonce: string, browser: string): string {
  return digest(JSON.stringify([nonce, browser]))
}
