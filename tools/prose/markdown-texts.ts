import type { Text } from './text.ts'

/** Headings, paragraphs, list items and table rows; no code blocks. */
export function markdownTexts(file: string, content: string): Text[] {
  const texts: Text[] = []
  let isCode = false
  let current: Text | undefined
  for (const [index, line] of content.split('\n').entries()) {
    const isFence = /^\s*(```|~~~)/.test(line)
    if (isFence) isCode = !isCode
    if (isFence || isCode || line.trim() === '' || /^\|[ :|-]+\|$/.test(line)) {
      current = undefined
      continue
    }
    const isHeading = line.startsWith('#')
    const startsItem = isHeading || /^\s*([*+-]|\d+\.)\s|^\|/.test(line)
    const text = line.replace(/^\s*(#+|>|[*+-]|\d+\.)\s+/, '').trim()
    if (current === undefined || startsItem) {
      current = { kind: isHeading ? 'heading' : 'doc', file, line: index + 1, text }
      texts.push(current)
    } else {
      current.text += ` ${text}`
    }
    if (isHeading) current = undefined
  }
  return texts
}
