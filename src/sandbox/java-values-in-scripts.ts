import type { Token } from './script-tokens.ts'

/** Bindings whose `get` gives Java values. */
const javaMaps = ['sharedState', 'transientState', 'requestHeaders', 'requestParameters']
const packages = ['java', 'javax', 'org', 'com', 'Packages']
const comparisons = ['===', '!==']
/** What a Java object has no counterpart for. */
const textMethods = [
  'replace',
  'split',
  'substring',
  'indexOf',
  'match',
  'trim',
  'toLowerCase',
  'toUpperCase',
]

type Finding = { line: number; message: string }

/** Of indexes of tokens: whether one is outside functions, and where a bracket closes. */
type Places = { isOutside(at: number): boolean; endOf(opener: number): number }

/**
 * Finds values that are Java objects on the vendor's engine and texts here, where this decides: a value of the state or the request in
 * place, and a concatenation in a variable outside functions. `===` with them is false there, and `switch` never matches.
 */
export function findJavaValues(tokens: readonly Token[], places: Places): Finding[] {
  const code = tokens.map(({ kind, text }) => (kind === 'literal' ? '' : text))
  const concatenations = concatenatedIn(tokens, code, places)
  const locals = localsIn(code, places)
  const classes = classesIn(code, places)
  const findings: Finding[] = []
  for (const [at, { line }] of tokens.entries()) {
    if (['.', '?.'].includes(code[at - 1] ?? '')) continue
    const end = javaMaps.includes(code[at] ?? '') ? endOfGet(code, at, places) : at
    const isMade = code[at - 1] === 'new' || code[at + (code[at + 1] === '.' ? 3 : 1)] === '('
    if (isMade && classes.has(code[at] ?? ''))
      findings.push({
        line,
        message: `\`${code[at]}\` is a class of Java, which fails in a variable outside functions: use JavaImporter`,
      })
    const isLocal = locals.has(code[at] ?? '') && !places.isOutside(at)
    if ((end > at || isLocal) && isDecided(code, at, end))
      findings.push({
        line,
        message: `\`===\` and \`switch\` never match \`${code[at]}\` here, which is a Java object`,
      })
    if (!concatenations.has(code[at] ?? '') || code[at + 1] === ':') continue
    const isUsed = code[at + 1] === '.' && textMethods.includes(code[at + 2] ?? '') && code[at + 3] === '('
    if (isUsed || isDecided(code, at, at) || isSearched(code, at))
      findings.push({
        line,
        message: `\`${code[at]}\` is a Java object, as every concatenation in a variable outside functions: write \`String(…)\` around it`,
      })
  }
  return findings
}

/** Variables outside functions that get a class of Java, such as `java.util.HashMap`. */
function classesIn(code: readonly string[], { isOutside }: Places): Set<string> {
  const names = code.flatMap((word, at) => {
    if (word !== '=' || code[at - 2] !== 'var' || !isOutside(at) || !packages.includes(code[at + 1] ?? ''))
      return []
    let end = at + 1
    while (code[end + 1] === '.') end += 2
    return /^[A-Z]/.test(code[end] ?? '') &&
      /^[a-z]/.test(code[end - 2] ?? '') &&
      !'(['.includes(code[end + 1] || ' ')
      ? [code[at - 1] ?? '']
      : []
  })
  return new Set(names)
}

/** Variables of functions that get a value of the state or the request. Outside functions, such a variable holds a text. */
function localsIn(code: readonly string[], places: Places): Set<string> {
  const names = code.flatMap((word, at) => {
    if (
      word !== 'var' ||
      places.isOutside(at) ||
      code[at + 2] !== '=' ||
      !javaMaps.includes(code[at + 3] ?? '')
    )
      return []
    const next = code[endOfGet(code, at + 3, places) + 1] ?? ''
    return next === '' || /^[;\w}]/.test(next) ? [code[at + 1] ?? ''] : []
  })
  return new Set(names)
}

/** Whether a value is compared with `===`, other than with null and undefined, or is the subject of a `switch`. */
function isDecided(code: readonly string[], start: number, end: number): boolean {
  const isNothing = (word: string | undefined) => word === 'null' || word === 'undefined'
  if (code[start - 1] === 'typeof') return false
  if (comparisons.includes(code[end + 1] ?? '')) return !isNothing(code[end + 2])
  if (comparisons.includes(code[start - 1] ?? ''))
    return !isNothing(code[start - 2]) && !['.', '+', '['].includes(code[end + 1] ?? '')
  return code[start - 1] === '(' && code[start - 2] === 'switch' && code[end + 1] === ')'
}

function isSearched(code: readonly string[], at: number): boolean {
  return code[at - 1] === '(' && code[at - 2] === 'indexOf' && code[at - 3] === '.' && code[at + 1] === ')'
}

/** The index of the bracket that closes `sharedState.get(…)`, or the last `.get(…)` after it. Without `get`, the index of the name. */
function endOfGet(code: readonly string[], start: number, { endOf }: Places): number {
  let end = start
  while (code[end + 1] === '.' && code[end + 2] === 'get' && code[end + 3] === '(') end = endOf(end + 3)
  return end
}

/** Variables outside functions that get a text and something else, joined with `+`, `+=` or in a template. */
function concatenatedIn(
  tokens: readonly Token[],
  code: readonly string[],
  { isOutside, endOf }: Places,
): Set<string> {
  const names = new Set<string>()
  const grown = new Set(code.filter((_, at) => code[at + 1] === '+='))
  const replaced = new Set(code.filter((_, at) => code[at + 1] === '=' && code[at - 1] !== 'var'))
  const isText = (at: number) => tokens[at]?.kind === 'literal' && /^['"`]/.test(tokens[at].text)
  for (let at = 0; at < tokens.length; at++) {
    if (code[at] !== 'var' || !isOutside(at) || code[at + 2] !== '=') continue
    let [hasText, hasOther, hasPlus] = [false, false, false]
    for (let part = at + 3; part < tokens.length && ![';', ',', 'var'].includes(code[part] ?? ''); part++) {
      if (code[part] === '?' || code[part] === '||') hasPlus = false
      if (code[part] === '+' || tokens[part]?.text.endsWith('${')) hasPlus = true
      if (code[part] === '+') continue
      if (isText(part)) hasText = true
      // The engine joins literals when it compiles the script.
      else if (!/^[\d.]/.test(tokens[part]?.text ?? '')) hasOther = true
      if ('([{'.includes(code[part] || ' ')) part = endOf(part)
      const next = tokens[part + 1]
      if (next !== undefined && next.line > (tokens[part]?.line ?? 0) && code[part + 1] !== '+') break
    }
    const name = code[at + 1] ?? ''
    const isJoined = (hasText && grown.has(name)) || (hasPlus && hasText && hasOther)
    if (isJoined && !replaced.has(name)) names.add(name)
  }
  return names
}
