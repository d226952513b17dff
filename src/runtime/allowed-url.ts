import type { Realm } from '../realms/realm.ts'

/**
 * Resolves the address of a landing page, and checks it. URLs of this server are always allowed; others must match a pattern such as
 * `https://app.example.com/*` or `https://*.example.com/done`. A `*` stands for one host label or, at the end of a
 * path, for the rest of the path. Source: "Validation Service".
 * @returns what was checked, which nobody reads as another address: a URL, or for a text without a scheme a path of this server.
 * Undefined if it is not allowed.
 */
export function allowedUrl(text: string, baseUrl: string, patterns: readonly string[]): string | undefined {
  const base = new URL(baseUrl)
  const target = parse(text, base)
  if (target === undefined) return undefined
  if (target.origin !== base.origin) {
    // rule R2: otherwise a sign-in link can redirect to any site
    return patterns.some((pattern) => matchesPattern(target, pattern)) ? target.href : undefined
  }
  if (/^https?:/i.test(text)) return target.href
  const path = target.href.slice(target.origin.length)
  // Browsers read a path with two slashes as a host.
  // rule R2: otherwise a path with two slashes leads to another host
  return path.startsWith('//') ? undefined : path
}

/**
 * The first landing page that the realm allows, like {@link allowedUrl}.
 * @param texts empty ones and values of other types are skipped.
 * @param refused called for each address that is not allowed.
 */
export function landingPage(
  { settings }: Realm,
  baseUrl: string,
  texts: readonly unknown[],
  refused?: () => void,
): string | undefined {
  for (const text of texts) {
    if (typeof text !== 'string' || text === '') continue
    const allowed = allowedUrl(text, baseUrl, settings.allowedUrls)
    if (allowed !== undefined) return allowed
    refused?.()
  }
  return undefined
}

/**
 * Pages that a browser may be sent back to during a journey: this server's, the realm's landing pages, and the web
 * applications that may call the realm.
 * @param baseUrl scheme, host and context path.
 * @returns a function like {@link allowedUrl}
 */
export function trustedPages({ settings }: Realm, baseUrl: string): (url: string) => string | undefined {
  const patterns = [...settings.allowedUrls, ...settings.corsOrigins.map((origin) => `${origin}/*`)]
  return (url) => allowedUrl(url, baseUrl, patterns)
}

/**
 * Refuses texts that readers take for different addresses. Browsers take `\` for `/` and ignore tabs and line ends. `https:name` is a
 * path beside a base URL, and a host without one.
 */
function parse(text: string, base: URL): URL | undefined {
  // rule R2: otherwise a scheme without slashes is a path for the check and a host for browsers
  // biome-ignore lint/suspicious/noControlCharactersInRegex: URLs with control characters are refused.
  if (/[\\\u0000-\u0020\u007f]|^[a-z][a-z0-9+.-]*:(?!\/\/)/i.test(text)) return undefined
  const target = URL.parse(text, base)
  if (target === null) return undefined
  const isWeb = target.protocol === 'https:' || target.protocol === 'http:'
  return isWeb && target.username === '' && target.password === '' ? target : undefined
}

function matchesPattern(target: URL, pattern: string): boolean {
  const match = /^(https?):\/\/([^/]+)(\/.*)?$/.exec(pattern)
  if (match === null) return false
  const [, protocol, host = '', path = '/'] = match
  return (
    target.protocol === `${protocol}:` && matchesHost(target.host, host) && matchesPath(target.pathname, path)
  )
}

function matchesHost(host: string, pattern: string): boolean {
  const labels = host.split('.')
  const expected = pattern.toLowerCase().split('.')
  return (
    labels.length === expected.length &&
    expected.every((label, place) => label === '*' || label === labels[place])
  )
}

function matchesPath(path: string, pattern: string): boolean {
  return pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern
}
