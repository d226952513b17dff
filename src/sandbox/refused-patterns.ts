import type { AnyNode } from 'acorn'
import type { ScriptValues } from './script-values.ts'

/** Why the vendor's engine refuses a number or a regular expression, also one of `new RegExp('…', 'i')`. Undefined for others. */
export function refusedPattern(node: AnyNode, values: ScriptValues): string | undefined {
  if (node.type === 'NewExpression' && values.isGlobal(node.callee, ['RegExp'])) {
    const [pattern, flags] = node.arguments.map((each) => (each.type === 'Literal' ? each.value : ''))
    if (pattern instanceof RegExp && flags !== undefined)
      return 'flags beside a regular expression are an error'
    return refused(String(pattern ?? ''), String(flags ?? ''))
  }
  if (node.type !== 'Literal') return undefined
  if (typeof node.value === 'number' || typeof node.value === 'bigint')
    return /^0[bo]|^\d.*n$/i.test(node.raw ?? '') ? `the number \`${node.raw}\` is a parse error` : undefined
  return 'regex' in node && node.regex ? refused(node.regex.pattern, node.regex.flags) : undefined
}

function refused(pattern: string, flags: string): string | undefined {
  if (/[dsuvy]/.test(flags)) return `the flags \`${flags}\` of a regular expression are a parse error`
  if (/(?:^|[^\\])\(\?</.test(pattern))
    return 'named groups and lookbehind in a regular expression are a parse error'
  const classes = flags.includes('i') ? (pattern.match(/\[(?:[^\]\\]|\\[\s\S])*\]/g) ?? []) : []
  return classes.some(isRefusedClass)
    ? 'a range of a class is an error beside the flag `i`: its letters have another case beyond the class'
    : undefined
}

/** The engine adds both cases of each character of a range, and has room up to the last character of the class in any case. */
function isRefusedClass(text: string): boolean {
  if (/\\[DsSwW]/.test(text)) return false
  const one = String.raw`(\\u[\da-f]{4}|\\x[\da-f]{2}|\\?[\s\S])`
  const parts = [...text.slice(1, -1).matchAll(new RegExp(`${one}(?:-${one})?`, 'gi'))].map(
    ([, first = '', last = first]) => [codeOf(first), codeOf(last)] as const,
  )
  const room = Math.max(...parts.map(([, last]) => folded(last)))
  return parts.some(([first, last]) => {
    for (let code = first; code < last && code < foldedCodes.length; code++)
      if ((foldedCodes[code] ?? 0) > room) return true
    return false
  })
}

const codeOf = (text: string) =>
  /^\\[ux]./.test(text) ? Number.parseInt(text.slice(2), 16) : text.charCodeAt(text.length - 1)

/** The greater code of both cases. */
function folded(code: number): number {
  const character = String.fromCharCode(code)
  const cases = [character.toUpperCase(), character.toLowerCase()].filter(({ length }) => length === 1)
  return Math.max(code, ...cases.map((each) => each.charCodeAt(0)))
}

/** Beyond these, both cases are close to each other. */
const foldedCodes = Array.from({ length: 0x600 }, (_, code) => folded(code))
