import { tokenize } from './script-tokens.ts'

/** Each looks at the tokens from one place on: does what only Rhino reads begin here? */
const constructs: [message: string, begins: (tokens: readonly string[]) => boolean][] = [
  [
    '`for each (…)` exists on Rhino alone: write `for (var key in list)` or `list.forEach(…)`',
    ([word, next]) => word === 'for' && next === 'each',
  ],
  [
    '`catch (e if …)` exists on Rhino alone: test the error inside the block',
    ([word, opening, , condition]) => word === 'catch' && opening === '(' && condition === 'if',
  ],
  [
    'A function without braces exists on Rhino alone: write `function (…) { return … }`',
    ([word, ...rest]) => word === 'function' && ![undefined, '{'].includes(rest[rest.indexOf(')') + 1]),
  ],
]

/**
 * Explains a syntax error that comes from the vendor's own JavaScript engine, Rhino.
 * @param line where the error was found
 * @returns what stands there, or undefined when it is no such thing
 */
export function explainRhinoSyntax(source: string, line: number): string | undefined {
  const tokens = tokenize(source)
  for (const [at, token] of tokens.entries()) {
    if (token.line !== line || token.kind !== 'word') continue
    const following = tokens.slice(at).map(({ text }) => text)
    const found = constructs.find(([, begins]) => begins(following))
    if (found) return found[0]
  }
  return undefined
}
