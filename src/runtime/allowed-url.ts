import type { Realm } from '../realms/realm.ts'

/**
 * Whether a landing page is allowed. URLs of this server always are; others must match a pattern such as
 * `https://app.example.com/*` or `https://*.example.com/done`. A `*` stands for one host label or, at the end of a
 * path, for the rest of the path. Source: "Validation Service".
 */
export function isAllowedUrl(url: string, baseUrl: string, patterns: readonly string[]): boolean {
  const base = new URL(baseUrl)
  const target = parse(url, base)
  if (target === undefined) return false
  if (target.origin === base.origin) return true
  return patterns.some((pattern) => matchesPattern(target, pattern))
}

/**
 * Pages that a browser may be sent back to during a journey: this server's, the realm's landing pages, and the web
 * applications that may call the realm.
 * @param baseUrl scheme, host and context path.
 */
export function isTrustedPage({ settings }: Realm, baseUrl: string): (url: string) => boolean {
  const patterns = [...settings.allowedUrls, ...settings.corsOrigins.map((origin) => `${origin}/*`)]
  return (url) => isAllowedUrl(url, baseUrl, patterns)
}

/** Refuses URLs that browsers read differently: they take `\` for `/`, and ignore tabs and line ends. */
function parse(url: string, base: URL): URL | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: URLs with control characters are refused.
  if (/[\\\u0000-\u0020\u007f]/.test(url) || !URL.canParse(url, base.href)) return undefined
  const target = new URL(url, base)
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
