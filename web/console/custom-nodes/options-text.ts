/** Options as a person writes them, one a line: `value = text shown`, or the value alone. */
export function optionsOf(text: string): Record<string, string> {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  return Object.fromEntries(
    lines.map((line) => {
      const at = line.indexOf('=')
      const value = (at < 0 ? line : line.slice(0, at)).trim()
      return [value, at < 0 ? value : line.slice(at + 1).trim()]
    }),
  )
}

export function textOfOptions(options: Readonly<Record<string, string>>): string {
  return Object.entries(options)
    .map(([value, shown]) => `${value} = ${shown}`)
    .join('\n')
}
