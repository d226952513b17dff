import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'

// Keeps files and functions small enough to read. Tests have their own limit, because test cases are long but simple.

const limits = { median: 100, nineInTen: 300, file: 400, testFile: 600, function: 50 }

/** Longer files, each with its reason. */
const longFiles: Record<string, string> = {}

/** Longer functions, as `file: name`, each with its reason. */
const longFunctions: Record<string, string> = {}

const root = join(import.meta.dirname, '..')
const isTest = (file: string) => /\.test\.tsx?$/.test(file) || file.startsWith('src/store/contract/')

type Sized = { name: string; lines: number }

const files = globSync('{src,contract,tools,bin,demo,quality,web}/**/*.{ts,tsx,js}', { cwd: root })
  .filter((file) => !file.endsWith('.d.ts') && !/^web\/(dist|node_modules)\//.test(file))
  // Markers of security rules say where code is, and are no part of it.
  .map((file) => ({
    name: file,
    text: readFileSync(join(root, file), 'utf8').replaceAll(/^ *\/\/ rule .+\n/gm, ''),
  }))
const sizes: Sized[] = files.map(({ name, text }) => ({ name, lines: text.split('\n').length - 1 }))

/**
 * Every function of a file. Named functions inside, such as a route's handler, count only for themselves. A
 * file that is one function, such as a script binding, has the limit of a file.
 */
function functionsOf(file: string, text: string): Sized[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ESNext, true)
  const lineOf = (position: number) => source.getLineAndCharacterOfPosition(position).line
  const found: Sized[] = []
  /** @returns the lines of named functions inside. */
  const visit = (node: ts.Node): number => {
    let inside = 0
    ts.forEachChild(node, (child) => {
      inside += visit(child)
    })
    if (!ts.isFunctionLike(node) || !('body' in node) || node.body === undefined) return inside
    if (ts.isExpressionStatement(node.parent)) return inside
    // Describes the settings of a node type or a schema: one call, however many members there are.
    if (isDescription(node) && !ts.isBlock(node.body as ts.Node)) return inside
    const lines = lineOf(node.getEnd()) - lineOf(node.getStart(source)) + 1
    const name = nameOf(node)
    found.push({ name: `${file}: ${name ?? 'a callback'}`, lines: lines - inside })
    return name === undefined ? inside : lines
  }
  visit(source)
  return found
}

function isDescription(node: ts.SignatureDeclaration): boolean {
  if (nameOf(node) === 'config') return true
  return ts.isCallExpression(node.parent) && /^(?:lazy\w*|rowsOf)$/.test(node.parent.expression.getText())
}

function nameOf(node: ts.SignatureDeclaration): string | undefined {
  if (node.name !== undefined) return node.name.getText()
  const { parent } = node
  return ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent)
    ? parent.name.getText()
    : undefined
}

function share(all: readonly Sized[], part: number): number {
  const sorted = all.map(({ lines }) => lines).sort((a, b) => a - b)
  return sorted[Math.ceil(sorted.length * part) - 1] ?? 0
}

const sources = sizes.filter(({ name }) => !isTest(name))
const median = share(sources, 0.5)
const nineInTen = share(sources, 0.9)
const functions = files
  .filter(({ name }) => !isTest(name))
  .flatMap(({ name, text }) => functionsOf(name, text))

const problems = [
  ...(median >= limits.median ? [`the median file has ${median} lines`] : []),
  ...(nineInTen > limits.nineInTen ? [`the 90th percentile of files has ${nineInTen} lines`] : []),
  ...sizes
    .filter(({ name, lines }) => lines > (isTest(name) ? limits.testFile : limits.file))
    .filter(({ name }) => longFiles[name] === undefined)
    .map(({ name, lines }) => `${name} has ${lines} lines: split it by subject`),
  ...functions
    .filter(({ name, lines }) => lines > limits.function && longFunctions[name] === undefined)
    .map(({ name, lines }) => `${name} has ${lines} lines`),
  ...stale(longFiles, sizes, limits.file),
  ...stale(longFunctions, functions, limits.function),
]

/** Exceptions that are no longer needed. */
function stale(allowed: Record<string, string>, all: readonly Sized[], limit: number): string[] {
  return Object.keys(allowed)
    .filter((name) => !all.some((sized) => sized.name === name && sized.lines > limit))
    .map((name) => `${name} is an exception but no longer needs to be`)
}

if (problems.length > 0) {
  console.error(problems.join('\n'))
  process.exitCode = 1
} else {
  const longest = Math.max(...functions.map(({ lines }) => lines))
  console.log(
    `sizes: ${sources.length} files, median ${median} lines, nine in ten up to ${nineInTen}; longest function ${longest}`,
  )
}
