import { structuredPatch } from 'diff'
import type { Json } from '../../api/json.ts'
import type { ChangedLines } from '../../api/versions.ts'

const contextLines = 3
/** Beyond this many changed lines the comparison would get slow, and its result unreadable. */
const maxChanges = 2000

/** The changed lines of two texts. Undefined unless one of them has several lines. */
export function lineChanges(before: Json | undefined, after: Json | undefined): ChangedLines | undefined {
  const [old, now] = [textOf(before), textOf(after)]
  if (old === undefined || now === undefined || !`${old}${now}`.includes('\n')) return undefined
  const options = { context: contextLines, maxEditLength: maxChanges }
  const patch = structuredPatch('', '', withEnd(old), withEnd(now), undefined, undefined, options)
  if (patch === undefined) return { removed: linesIn(old), added: linesIn(now) }
  const hunks = patch.hunks.map(({ oldStart, newStart, lines }) => ({
    before: oldStart,
    after: newStart,
    lines,
  }))
  const count = (sign: string) =>
    hunks.flatMap(({ lines }) => lines).filter((line) => line.startsWith(sign)).length
  return { added: count('+'), removed: count('-'), hunks }
}

/** An absent text is empty. */
function textOf(value: Json | undefined): string | undefined {
  if (value === undefined || value === null) return ''
  return typeof value === 'string' ? value : undefined
}

function withEnd(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`
}

function linesIn(text: string): number {
  return withEnd(text).split('\n').length - 1
}
