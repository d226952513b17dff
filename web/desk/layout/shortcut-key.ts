const codes = /^(?:Key([NSL])|Digit([1-9]))$/

/**
 * The shortcut that a key stands for: `n`, `1`, `?`, … A key that types no Latin letter or digit counts by its place on the keyboard, so
 * that Arabic letters and the top row of French keyboards work, too.
 */
export function shortcutKey({
  key,
  code,
  shiftKey,
}: Pick<KeyboardEvent, 'key' | 'code' | 'shiftKey'>): string {
  if (key === '؟') return '?'
  if (shiftKey || /^[a-z0-9?]$/.test(key)) return key
  const [, letter, digit] = codes.exec(code) ?? []
  return letter?.toLowerCase() ?? digit ?? key
}
