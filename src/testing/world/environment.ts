/** `risk.url`, `esv.risk.url` and `ESV_RISK_URL` are the same variable. */
export function environmentOf(variables: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [
      `ESV_${name
        .replace(/^esv[._-]/i, '')
        .toUpperCase()
        .replaceAll(/[.-]/g, '_')}`,
      value,
    ]),
  )
}
