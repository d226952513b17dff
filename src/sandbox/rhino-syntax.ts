import { tokenize } from './script-tokens.ts'

/**
 * Explains a syntax error caused by syntax that only the vendor's engine, Rhino, accepts.
 * @param line the line of the error.
 * @returns the explanation, or undefined for other syntax errors.
 */
export function explainRhinoSyntax(source: string, line: number): string | undefined {
  const tokens = tokenize(source)
  const has = (at: number, text: string) => tokens[at]?.kind !== 'literal' && tokens[at]?.text === text
  const isConditional = tokens.some(
    (token, at) => token.line === line && has(at, 'catch') && has(at + 1, '(') && has(at + 3, 'if'),
  )
  return isConditional ? '`catch (e if …)` works only in Rhino: test the error inside the block' : undefined
}
