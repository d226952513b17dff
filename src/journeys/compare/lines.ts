import { structuredPatch } from 'diff'
import { maskedSecretsIn } from './secrets.ts'
import { harmless } from './shown.ts'

/** Changed lines of a text, as in a unified diff. Secrets are masked. */
export type LineChanges = {
  added: number
  removed: number
  /** Absent if the texts have too little in common. */
  hunks?: { before: number; after: number; lines: string[] }[]
}

/** Beyond this many changed lines the comparison would get slow, and its result unreadable. */
const maxChanges = 2000
const contextLines = 3

/** Whether texts differ in more than line ends. */
export function isSameText(before: string, after: string): boolean {
  return before === after || unified(before) === unified(after)
}

export function lineChanges(before: string, after: string): LineChanges {
  const [old, now] = [unified(before), unified(after)]
  const options = { context: contextLines, maxEditLength: maxChanges }
  const patch = structuredPatch('', '', old, now, undefined, undefined, options)
  if (patch === undefined) return { added: linesIn(now), removed: linesIn(old) }
  const hunks = patch.hunks.map(({ oldStart, newStart, lines }) => ({
    before: oldStart,
    after: newStart,
    lines: lines.map((line) => shownLine(maskedSecretsIn(line))),
  }))
  const count = (sign: string) =>
    hunks.flatMap(({ lines }) => lines).filter((line) => line.startsWith(sign)).length
  return { added: count('+'), removed: count('-'), hunks }
}

/** Such as `+4 −1`. */
export function countsOf({ added, removed }: LineChanges): string {
  return [...(added > 0 ? [`+${added}`] : []), ...(removed > 0 ? [`−${removed}`] : [])].join(' ')
}

/** With the line ends of Unix, also at the end of a text that isn't empty. */
function unified(text: string): string {
  const lines = text.replaceAll('\r\n', '\n').replace(/\n+$/, '')
  return lines === '' ? '' : `${lines}\n`
}

function shownLine(line: string): string {
  return line.split('\t').map(harmless).join('\t')
}

function linesIn(text: string): number {
  return text.split('\n').length - 1
}
