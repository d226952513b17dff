import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'

const nodes = join(import.meta.dirname, '..', '..', '..', 'src', 'nodes')

/** Members of callbacks and endings that people read. */
const shownMembers = new Set([
  'prompt',
  'options',
  'choices',
  'header',
  'description',
  'errorMessage',
  'lockoutMessage',
])

/** Functions whose arguments people read, by the position of the text. */
const shownArguments: Readonly<Record<string, number>> = { textOutput: 0, localise: 2, inWords: 1, ask: 0 }

/**
 * The English texts in the sources of the node types that people may read: prompts, options, messages and what stands in
 * for texts without a translation. Without those of our own nodes, which translate their texts themselves.
 */
export function defaultTexts(): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const path of readdirSync(nodes, { recursive: true, encoding: 'utf8' })) {
    const isSource =
      path.endsWith('.ts') && !path.endsWith('.test.ts') && !/^(backchannel|ports)\/|\/debug\.ts$/.test(path)
    if (!isSource) continue
    const file = ts.createSourceFile(
      path,
      readFileSync(join(nodes, path), 'utf8'),
      ts.ScriptTarget.Latest,
      true,
    )
    for (const text of shownTexts(file)) found.set(text, path)
  }
  return found
}

function shownTexts(file: ts.SourceFile): string[] {
  const constants = new Map<string, ts.Expression>()
  const shown: ts.Expression[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && node.initializer)
      constants.set(node.name.getText(), node.initializer)
    if (ts.isShorthandPropertyAssignment(node) && shownMembers.has(node.name.text)) shown.push(node.name)
    if (ts.isPropertyAssignment(node) && node.name.getText() === 'en') shown.push(node.initializer)
    if (ts.isReturnStatement(node) && node.expression && isOfProblem(node)) shown.push(node.expression)
    if (ts.isPropertyAssignment(node) && shownMembers.has(node.name.getText())) shown.push(node.initializer)
    if (ts.isCallExpression(node)) shown.push(...shownArgument(node))
    if (ts.isAsExpression(node) && ts.isArrayLiteralExpression(node.expression))
      shown.push(...node.expression.elements.slice(2, 3))
    const isFallback = ts.isBinaryExpression(node) && /^bestMatch\(/.test(node.left.getText())
    if (isFallback) shown.push(node.right)
    // The settings of a node and the reference describe texts for engineers.
    if (!isDescription(node)) ts.forEachChild(node, visit)
  }
  visit(file)
  return shown.flatMap((expression) => textsIn(expression, constants)).filter(isProse)
}

/** `problemOf` returns what is wrong with a value, as a sentence for the person. */
function isOfProblem(node: ts.Node): boolean {
  const owner = ts.findAncestor(node, ts.isFunctionDeclaration)
  return owner?.name?.text === 'problemOf'
}

function isDescription(node: ts.Node): boolean {
  if (ts.isPropertyAssignment(node)) return ['reference', 'errors', 'callbacks'].includes(node.name.getText())
  return (
    ts.isCallExpression(node) &&
    ['setting', 'z.object'].includes(node.expression.getText()) &&
    !/en:/.test(node.getText())
  )
}

function shownArgument(call: ts.CallExpression): ts.Expression[] {
  const place = shownArguments[call.expression.getText()]
  const argument = place === undefined ? undefined : call.arguments[place]
  return argument === undefined ? [] : [argument]
}

function textsIn(expression: ts.Expression, constants: ReadonlyMap<string, ts.Expression>): string[] {
  if (ts.isStringLiteralLike(expression)) return [expression.text]
  if (ts.isTemplateExpression(expression))
    return [
      [expression.head.text, ...expression.templateSpans.map(({ literal }) => `{n}${literal.text}`)].join(''),
    ]
  if (ts.isArrayLiteralExpression(expression))
    return expression.elements.flatMap((element) => textsIn(element, constants))
  if (ts.isSpreadElement(expression)) return textsIn(expression.expression, constants)
  if (ts.isParenthesizedExpression(expression)) return textsIn(expression.expression, constants)
  if (ts.isConditionalExpression(expression))
    return [expression.whenTrue, expression.whenFalse].flatMap((each) => textsIn(each, constants))
  if (ts.isIdentifier(expression)) {
    const named = constants.get(expression.text)
    return named === undefined || named === expression ? [] : textsIn(named, new Map())
  }
  if (ts.isBinaryExpression(expression) && expression.operatorToken.kind === ts.SyntaxKind.PlusToken)
    return [[expression.left, expression.right].flatMap((each) => textsIn(each, constants)).join('')]
  return []
}

/** Not the scripts that some nodes send as texts. */
function isProse(text: string): boolean {
  return (/[a-z]{2}/.test(text) || /^[A-Z]+$/.test(text)) && !/[a-z]\.[a-z]+[(.]|;$/i.test(text)
}
