import { type Token, tokenize } from './script-tokens.ts'

/**
 * Writes Rhino's `for each (x in list)` as `for (x of Object.values(Object(list)))`, on the same lines. Other engines reject `for each`, so
 * no script that runs without this changes.
 */
export function withStandardLoops(source: string): string {
  if (!/\bfor\s+each\s*\(/.test(source)) return source
  const tokens = tokenize(source)
  const edits = tokens.flatMap((token, at) =>
    isWord(token, 'for') && isWord(tokens[at + 1], 'each') ? editsOf(tokens, at + 1) : [],
  )
  return edits
    .toSorted((one, other) => other.at - one.at)
    .reduce((text, { at, length, by }) => text.slice(0, at) + by + text.slice(at + length), source)
}

type Edit = { at: number; length: number; by: string }

/** @param each index of the word `each`. @returns no edits for a head that isn't one of `for each`. */
function editsOf(tokens: readonly Token[], each: number): Edit[] {
  const opening = tokens[each + 1]
  const word = tokens[each]
  if (word === undefined || opening?.text !== '(') return []
  let depth = 0
  let operator: Token | undefined
  for (const token of tokens.slice(each + 1)) {
    if (token.kind === 'punctuator' && '([{'.includes(token.text)) depth++
    if (token.kind === 'punctuator' && ')]}'.includes(token.text)) depth--
    if (depth === 1 && isWord(token, 'in')) operator ??= token
    if (depth > 0) continue
    if (operator === undefined) return []
    return [
      { at: word.at, length: word.text.length, by: '' },
      { at: operator.at, length: operator.text.length, by: 'of Object.values(Object(' },
      { at: token.at, length: 1, by: ')))' },
    ]
  }
  return []
}

function isWord(token: Token | undefined, text: string): token is Token {
  return token?.kind === 'word' && token.text === text
}
