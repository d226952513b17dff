import { tokenize } from './script-tokens.ts'

/** Each tests whether syntax that only Rhino accepts starts at a token. */
const constructs: [message: string, begins: (tokens: readonly string[]) => boolean][] = [
  [
    '`catch (e if …)` works only in Rhino: test the error inside the block',
    ([word, opening, , condition]) => word === 'catch' && opening === '(' && condition === 'if',
  ],
  [
    'A function without braces works only in Rhino: write `function (…) { return … }`',
    ([word, ...rest]) => word === 'function' && ![undefined, '{'].includes(rest[rest.indexOf(')') + 1]),
  ],
]

/**
 * Explains a syntax error caused by syntax that only the vendor's engine, Rhino, accepts.
 * @param line the line of the error.
 * @returns the explanation, or undefined for other syntax errors.
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
