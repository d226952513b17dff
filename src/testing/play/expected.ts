import { OperationError } from '../../base/errors.ts'

/** Whether a text equals the expected one, or matches it if it is a regular expression between slashes. */
export function matchesText(expected: string, actual: string): boolean {
  return regexOf(expected)?.test(actual) ?? actual === expected
}

/**
 * The regular expression in `/…/flags`; undefined for other texts.
 * @throws OperationError for an invalid expression. It doesn't quote the expression, which can contain a secret.
 */
export function regexOf(text: string): RegExp | undefined {
  const [, source, flags] = /^\/(.+)\/([imsu]*)$/s.exec(text) ?? []
  try {
    return source === undefined ? undefined : new RegExp(source, flags)
  } catch (cause) {
    throw new OperationError('A regular expression is invalid with the values of its placeholders', { cause })
  }
}

/** Whether a text of a walk file can be expected: it is no regular expression, or a valid one, whatever its placeholders become. */
export function isExpectable(text: string): boolean {
  try {
    regexOf(text.replaceAll(/\$\{[^}]*\}/g, 'x'))
    return true
  } catch {
    return false
  }
}
