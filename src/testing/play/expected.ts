/** Whether a text equals the expected one, or matches it if it is a regular expression between slashes. */
export function matchesText(expected: string, actual: string): boolean {
  return regexOf(expected)?.test(actual) ?? actual === expected
}

/** The regular expression in `/…/flags`; undefined for other texts. @throws SyntaxError for an invalid expression. */
export function regexOf(text: string): RegExp | undefined {
  const [, source, flags] = /^\/(.+)\/([imsu]*)$/s.exec(text) ?? []
  return source === undefined ? undefined : new RegExp(source, flags)
}
