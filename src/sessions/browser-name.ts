/** In this order: most browsers also name those that they are compatible with. */
const browsers: readonly (readonly [name: string, token: RegExp])[] = [
  ['Edge', /\bEdg(?:e|A|iOS)?\//],
  ['Opera', /\b(?:OPR|Opera)\//],
  ['Samsung Internet', /\bSamsungBrowser\//],
  ['Firefox', /\b(?:Firefox|FxiOS)\//],
  ['Chrome', /\b(?:Chrome|Chromium|HeadlessChrome|CriOS)\//],
  ['Safari', /\bVersion\/[\d.]+.* Safari\//],
]

const systems: readonly (readonly [name: string, token: RegExp])[] = [
  ['iPhone', /\biPhone\b/],
  ['iPad', /\biPad\b/],
  ['Android', /\bAndroid\b/],
  ['Windows', /\bWindows\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['macOS', /\bMac OS X\b/],
  ['Linux', /\bLinux\b/],
]

/**
 * The browser and the system in a user agent, such as `Firefox · Windows`, so that people recognise their sessions. A client can
 * send any, so this proves nothing. Empty if neither is known.
 */
export function browserName(userAgent: string): string {
  const nameIn = (list: typeof browsers) => list.find(([, token]) => token.test(userAgent))?.[0] ?? []
  return [nameIn(browsers), nameIn(systems)].flat().join(' · ')
}
