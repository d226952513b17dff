import { type Token, tokenize } from './script-tokens.ts'

/**
 * Writes Rhino's `for each (x in list)` as `for (x of Object.values(Object(list)))`, on the same lines. Other engines reject `for each`, so
 * no script that runs without this changes.
 */
export function withStandardLoops(source: string): string {
  if (!/\bfor\s+each\s*\(/.test(source)) return source
  const known = rewritten.get(source)
  if (known !== undefined) return known
  const text = edited(source, editsIn(tokenize(source)))
  const [oldest] = rewritten.size < maxRewritten ? [] : rewritten.keys()
  if (oldest !== undefined) rewritten.delete(oldest)
  rewritten.set(source, text)
  return text
}

/** Scripts run more often than they change. */
const rewritten = new Map<string, string>()
const maxRewritten = 100

type Edit = { at: number; length: number; by: string }

/** An open bracket. `each` is set for the head of a `for each`. */
type Bracket = { each?: Token; operator?: Token }

/** One pass, because a script of another realm must not wait for this one. Heads that aren't those of `for each` have no edits. */
function editsIn(tokens: readonly Token[]): Edit[] {
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
    }
  }
  return edits.toSorted((one, other) => one.at - other.at)
}

function editsOf({ each, operator }: Bracket = {}, closing: Token): Edit[] {
  if (each === undefined || operator === undefined) return []
  return [
    { at: each.at, length: each.text.length, by: '' },
    { at: operator.at, length: operator.text.length, by: 'of Object.values(Object(' },
    { at: closing.at, length: 1, by: ')))' },
  ]
}

function edited(source: string, edits: readonly Edit[]): string {
  const pieces: string[] = []
  let end = 0
  for (const { at, length, by } of edits) {
    pieces.push(source.slice(end, at), by)
    end = at + length
  }
  return pieces.join('') + source.slice(end)
}

function isPunctuator(token: Token, among: string): boolean {
  return token.kind === 'punctuator' && among.includes(token.text)
}

function isWord(token: Token | undefined, text: string): token is Token {
  return token?.kind === 'word' && token.text === text
}
