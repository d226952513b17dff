/**
 * Whether a landing page may be used. A path on this server always may; anything else must match a pattern:
 * `https://app.example.com/*`, `https://*.example.com/done`. A `*` stands for one host label, or at the end of a
 * path for the rest of it. Source: "Validation Service".
 */
export function isAllowedUrl(url: string, baseUrl: string, patterns: readonly string[]): boolean {
  const base = new URL(baseUrl)
  const target = parse(url, base)
  if (target === undefined) return false
  if (target.origin === base.origin) return true
  return patterns.some((pattern) => matchesPattern(target, pattern))
}

/** Browsers read `\` as `/` and ignore tabs and line ends: such a URL is not what it looks like. */
function parse(url: string, base: URL): URL | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there.
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
  const wanted = pattern.toLowerCase().split('.')
  return (
    labels.length === wanted.length &&
    wanted.every((label, place) => label === '*' || label === labels[place])
  )
}

function matchesPath(path: string, pattern: string): boolean {
  return pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern
}
