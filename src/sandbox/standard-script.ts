import { remembered } from './remembered.ts'
import { type Token, tokenize } from './script-tokens.ts'

/**
 * Writes a script for Rhino as other engines run it, on the same lines: `for each (x in list)`, which they reject, becomes
 * `for (x of $sidegateValues(list))`, a function of the bindings. The directive `'use strict'` gets no effect: Rhino's language version 0 only refuses
 * `with` after it.
 */
export function standardScript(source: string): string {
  return /\bfor\s+each\s*\(|use strict/.test(source) ? rewritten(source) : source
}

const rewritten = remembered((source) => edited(source, editsIn(tokenize(source))))

/** A text to write at an offset, instead of that many characters there. */
export type Edit = { at: number; length?: number; text: string }

/** An open bracket. `each` is set for the head of a `for each`. */
type Bracket = { each?: Token; operator?: Token }

/** One pass, because a script of another realm must not wait for this one. Heads that aren't those of `for each` have no edits. */
function editsIn(tokens: readonly Token[]): Edit[] {
  const isStrict = tokens.some((token) => isWord(token, 'with'))
  const edits: Edit[] = []
  const open: Bracket[] = []
  for (const [index, token] of tokens.entries()) {
    const each = tokens[index - 1]
    const innermost = open.at(-1)
    if (isPunctuator(token, '([{')) {
      const isHead = token.text === '(' && isWord(each, 'each') && isWord(tokens[index - 2], 'for')
      open.push(isHead ? { each } : {})
    } else if (isPunctuator(token, ')]}')) {
      edits.push(...editsOf(open.pop(), token))
    } else if (innermost?.each !== undefined && isWord(token, 'in')) {
      innermost.operator ??= token
    } else if (!isStrict && isDirective(token, each, tokens[index + 1])) {
      edits.push({ at: token.at + 1, length: 'use'.length, text: 'not' })
    }
  }
  return edits
}

/** Whether `'use strict'` is a statement of its own. */
function isDirective(token: Token, before: Token | undefined, after: Token | undefined): boolean {
  if (token.kind !== 'literal' || !/^(['"])use strict\1$/.test(token.text)) return false
  const ends = after === undefined || isPunctuator(after, ';}') || (isWord(after) && after.line > token.line)
  return ends && (before === undefined || isPunctuator(before, '{;}'))
}

function editsOf({ each, operator }: Bracket = {}, closing: Token): Edit[] {
  if (each === undefined || operator === undefined) return []
  return [
    { at: each.at, length: each.text.length, text: '' },
    { at: operator.at, length: operator.text.length, text: 'of $sidegateValues(' },
    { at: closing.at, length: 1, text: '))' },
  ]
}

/** Makes edits that don't overlap. Of two at the same offset, the first one comes first. */
export function edited(source: string, edits: readonly Edit[]): string {
  const pieces: string[] = []
  let end = 0
  for (const { at, length = 0, text } of edits.toSorted((one, other) => one.at - other.at)) {
    pieces.push(source.slice(end, at), text)
    end = at + length
  }
  return pieces.join('') + source.slice(end)
}

function isPunctuator(token: Token, among: string): boolean {
  return token.kind === 'punctuator' && among.includes(token.text)
}

function isWord(token: Token | undefined, text = token?.text): token is Token {
  return token?.kind === 'word' && token.text === text
}
