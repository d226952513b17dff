/** `at` is the offset in the source. */
export type Token = { kind: 'word' | 'punctuator' | 'literal'; text: string; line: number; at: number }

/** A slash after these words starts a regular expression. */
const operatorWords = new Set('return typeof case in of delete void throw new else do'.split(' '))

const patterns = [
  ['space', /[\s\uFEFF]+|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/y],
  ['literal', /"(?:[^"\\\n]|\\[\s\S])*"?|'(?:[^'\\\n]|\\[\s\S])*'?/y],
  ['literal', /(?:0[xXbBoO][\da-fA-F_]+|(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)n?/y],
  ['word', /[#@]?[\p{ID_Start}$_\\](?:[\p{ID_Continue}$\\]|\u200c|\u200d)*/uy],
  ['punctuator', /\.\.\.|=>|\?\?=?|\?\.(?!\d)|[-+*/%&|^<>=!]+=|&&|\|\||\+\+|--|[\s\S]/y],
] as const
const regularExpression = /\/(?:[^\\/[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/y

/** A longer regular expression is read as a division. Without a limit, each slash of a line would read the rest of the line. */
const longestExpression = 1000

/**
 * Splits a script into tokens, to tell code from strings, comments and regular expressions. Code inside template
 * literals is split, too. Never throws: unknown characters become tokens of their own.
 */
export function tokenize(source: string): Token[] {
  const tokens: Token[] = []
  /** Brace depth at which each open `${` of a template ends. */
  const templates: number[] = []
  let depth = 0
  let line = 1
  for (let at = 0; at < source.length; ) {
    const [kind, text] = next(source, at, tokens.at(-1), templates.at(-1) === depth)
    if (kind !== 'space') tokens.push({ kind, text, line, at })
    line += text.split('\n').length - 1
    at += text.length
    if (kind === 'literal' && text.startsWith('}')) templates.pop()
    if (kind === 'literal' && /^[`}]/.test(text) && text.endsWith('${')) templates.push(depth)
    if (kind === 'punctuator' && text === '{') depth++
    if (kind === 'punctuator' && text === '}') depth--
  }
  return tokens
}

function next(
  source: string,
  at: number,
  previous: Token | undefined,
  endsCode: boolean,
): [Token['kind'] | 'space', string] {
  const first = source[at]
  if (first === '`' || (first === '}' && endsCode)) return ['literal', template(source, at)]
  for (const [kind, pattern] of patterns.slice(0, 1)) {
    const text = match(pattern, source, at)
    if (text) return [kind, text]
  }
  if (first === '/' && startsExpression(previous)) {
    const text = match(regularExpression, source.slice(at, at + longestExpression), 0)
    if (text) return ['literal', text]
  }
  for (const [kind, pattern] of patterns.slice(1)) {
    const text = match(pattern, source, at)
    if (text) return [kind, text]
  }
  return ['punctuator', source.slice(at, at + 1)]
}

function match(pattern: RegExp, source: string, at: number): string | undefined {
  pattern.lastIndex = at
  return pattern.exec(source)?.[0]
}

/** Text of a template literal up to its end, or up to the next `${`. */
function template(source: string, start: number): string {
  for (let at = start + 1; at < source.length; at++) {
    if (source[at] === '\\') at++
    else if (source[at] === '`') return source.slice(start, at + 1)
    else if (source.startsWith('${', at)) return source.slice(start, at + 2)
  }
  return source.slice(start)
}

function startsExpression(previous: Token | undefined): boolean {
  if (previous === undefined) return true
  if (previous.kind === 'word') return operatorWords.has(previous.text)
  if (previous.kind === 'literal') return previous.text.endsWith('${')
  return ![')', ']', '}', '++', '--'].includes(previous.text)
}
