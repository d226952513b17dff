import ts from 'typescript'
import type { Marker } from './marker.ts'
import { type Mutant, replaced, without } from './mutant.ts'

// Operators that make code less safe, by the kind of the guarded node. Types are stripped and not checked.

/** @returns each way in which the guarded code can be left out or weakened. */
export function mutantsOf({ guarded, isLink }: Pick<Marker, 'guarded' | 'isLink'>): Mutant[] {
  if (isLink) return ts.isCallExpression(guarded) ? link(guarded) : []
  if (ts.isStatement(guarded)) return statement(guarded)
  if (ts.isFunctionLike(guarded)) return body(guarded)
  return member(guarded)
}

function statement(node: ts.Statement): Mutant[] {
  if (ts.isIfStatement(node)) return condition(node)
  if (ts.isBlock(node)) return node.statements.flatMap(statement)
  if (ts.isReturnStatement(node)) return node.expression === undefined ? [] : result(node.expression)
  if (ts.isVariableStatement(node)) {
    return node.declarationList.declarations.flatMap(({ initializer }) =>
      initializer ? result(initializer) : [],
    )
  }
  if (ts.isFunctionDeclaration(node)) return body(node)
  return ts.isClassDeclaration(node) ? [] : [replaced('drop the statement', node, ';')]
}

function result(node: ts.Expression): Mutant[] {
  const weaker = value(node)
  if (weaker.length > 0) return weaker
  const instead = ts.isPropertyAccessExpression(node) ? node.expression.getText() : 'undefined'
  return [replaced('no result', node, instead)]
}

function body(node: ts.SignatureDeclaration): Mutant[] {
  const inside = 'body' in node ? (node.body as ts.ConciseBody | undefined) : undefined
  if (inside === undefined) return []
  return ts.isBlock(inside) ? inside.statements.filter(isGuard).flatMap(statement) : value(inside)
}

function isGuard(node: ts.Statement): boolean {
  return ts.isIfStatement(node) || ts.isExpressionStatement(node) || ts.isReturnStatement(node)
}

/** Before a return, a condition decides between two ways; otherwise it must not be false. */
function condition({ expression, thenStatement }: ts.IfStatement): Mutant[] {
  const never = isLogical(expression, ts.SyntaxKind.BarBarToken)
    ? leaves(expression)
    : [replaced('condition is false', expression, 'false')]
  if (!returns(thenStatement)) return never
  const always = isLogical(expression, ts.SyntaxKind.AmpersandAmpersandToken)
    ? leaves(expression)
    : [replaced('condition is true', expression, 'true')]
  return [...never, ...always]
}

function returns(node: ts.Statement): boolean {
  const statements = ts.isBlock(node) ? [...node.statements] : [node]
  return statements.some((each) => ts.isReturnStatement(each) || ts.isContinueStatement(each))
}

/** A property, an element, an argument or an operand on a line of its own. */
function member(node: ts.Node): Mutant[] {
  if (ts.isPropertyAssignment(node)) return property(node)
  if (ts.isBindingElement(node) && node.initializer === undefined) return [without(node)]
  if (ts.isParameter(node) && ts.isObjectBindingPattern(node.name)) {
    return node.name.elements.flatMap(({ initializer }) => (initializer ? value(initializer) : []))
  }
  if (ts.isPropertyDeclaration(node) || ts.isBindingElement(node) || ts.isParameter(node)) {
    return node.initializer === undefined ? [] : value(node.initializer)
  }
  const { parent } = node
  if (ts.isBinaryExpression(parent) && isLogical(parent)) return [operand(node as ts.Expression, parent)]
  if (ts.isObjectLiteralExpression(parent) || ts.isArrayLiteralExpression(parent)) return [without(node)]
  const weaker = ts.isExpression(node) ? value(node) : []
  return weaker.length === 0 && ts.isCallExpression(parent) ? [without(node)] : weaker
}

function property(node: ts.PropertyAssignment): Mutant[] {
  if (node.name.getText() === 'max') return [replaced('no limit', node.initializer, '1e9')]
  const weaker = value(node.initializer)
  return weaker.length > 0 ? weaker : [without(node)]
}

/** Properties that protect wherever they are. */
const protective = new Set(['access', 'dangerous', 'max', 'redirect'])

/** Weaker forms of a value. */
function value(node: ts.Expression): Mutant[] {
  const inner = unwrapped(node)
  if (inner !== node) return value(inner)
  if (isLogical(node))
    return [
      ...leaves(node),
      isOr(node)
        ? replaced('condition is true', node, 'true')
        : replaced('condition is false', node, 'false'),
    ]
  if (ts.isBinaryExpression(node)) return binary(node)
  if (ts.isConditionalExpression(node)) {
    return conditional(node)
  }
  if (isBoolean(node)) return constants(node)
  if (ts.isNumericLiteral(node)) return [replaced('huge limit', node, `(1000 * ${node.getText()})`)]
  if (ts.isStringLiteral(node))
    return isAccess(node) ? [replaced('access for everyone', node, "'everyone'")] : []
  if (ts.isTemplateExpression(node)) {
    return node.templateSpans.map(({ expression }) => replaced('drop a part of a text', expression, "''"))
  }
  if (ts.isTaggedTemplateExpression(node)) return value(node.template as ts.TemplateExpression)
  if (ts.isRegularExpressionLiteral(node)) return pattern(node)
  if (ts.isArrayLiteralExpression(node)) return node.elements.map(without)
  if (ts.isObjectLiteralExpression(node)) {
    return node.properties.filter((each) => protective.has(each.name?.getText() ?? '')).flatMap(member)
  }
  if (ts.isArrowFunction(node)) return body(node)
  if (ts.isNewExpression(node)) return content(node)
  return ts.isCallExpression(node) ? call(node) : []
}

function content({
  arguments: [first] = [] as unknown as ts.NodeArray<ts.Expression>,
}: ts.NewExpression): Mutant[] {
  if (first === undefined) return []
  return ts.isArrayLiteralExpression(first) ? [replaced('drop the content', first, '[]')] : value(first)
}

function call(node: ts.CallExpression): Mutant[] {
  const last = node.arguments.at(-1)
  if (last !== undefined && ts.isArrowFunction(last) && last.parameters.length === 0) {
    return [replaced('drop a call around a function', node, `(${last.getText()})()`)]
  }
  const guards = links(node).filter((each) => guardNames.has(each.expression.name.text))
  if (guards.length > 0) return guards.flatMap(link)
  const { arguments: given, expression } = node
  if (/^(?:Math\.(?:max|min)|stricter)$/.test(expression.getText())) {
    return given.map((each) => replaced('always one branch', node, each.getText()))
  }
  const callback = given.find((each) => ts.isArrowFunction(each))
  if (callback !== undefined) return value(callback)
  const [first] = given
  if (first === undefined) return []
  const inside = isComposed(first) ? value(first) : []
  if (inside.length > 0 || given.length > 1 || ts.isAwaitExpression(node.parent)) return inside
  return [replaced('drop a call around a value', node, first.getText())]
}

function isComposed(node: ts.Expression): boolean {
  return (
    ts.isArrowFunction(node) ||
    ts.isConditionalExpression(node) ||
    isLogical(node) ||
    ts.isObjectLiteralExpression(node) ||
    links(node).some((each) => guardNames.has(each.expression.name.text))
  )
}

type Link = ts.CallExpression & { expression: ts.PropertyAccessExpression }

/** The calls of a chain. */
function links(node: ts.Expression): Link[] {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return []
  return [...links(node.expression.expression), node as Link]
}

/** Calls in a chain that narrow or clean what goes through them. */
const guardNames = new Set([
  'where',
  'filter',
  'refine',
  'check',
  'regex',
  'replace',
  'replaceAll',
  'forKeyShare',
  'onConflict',
  'min',
  'max',
  'toLowerCase',
  'normalize',
  'slice',
])

/** Leaves a call out of its chain, or weakens the function that it gets. */
function link(node: ts.CallExpression): Mutant[] {
  const [first] = node.arguments
  const weaker =
    first !== undefined && ts.isArrowFunction(first) && !ts.isBlock(first.body) && isLogical(first.body)
      ? leaves(first.body)
      : []
  if (weaker.length > 0 || !ts.isPropertyAccessExpression(node.expression)) return weaker
  return [replaced('drop a call of a chain', node, node.expression.expression.getText())]
}

/** A condition that only says that a value is there guards less than what is done with the value. */
function conditional(node: ts.ConditionalExpression): Mutant[] {
  const branches = [node.whenTrue, node.whenFalse]
  const weaker = isPresence(node.condition) && branches.some(isNothing) ? branches.flatMap(value) : []
  return weaker.length > 0
    ? weaker
    : branches.map((branch) => replaced('always one branch', node, branch.getText()))
}

function isComparison(node: ts.Node): node is ts.BinaryExpression {
  return ts.isBinaryExpression(node) && comparisons.has(node.operatorToken.kind)
}

const comparisons = new Set([
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
  ts.SyntaxKind.LessThanToken,
  ts.SyntaxKind.LessThanEqualsToken,
  ts.SyntaxKind.GreaterThanToken,
  ts.SyntaxKind.GreaterThanEqualsToken,
])

function binary(node: ts.BinaryExpression): Mutant[] {
  if (comparisons.has(node.operatorToken.kind)) return constants(node)
  if (node.operatorToken.kind === ts.SyntaxKind.PlusToken)
    return [replaced('always one branch', node, node.left.getText())]
  if (node.operatorToken.kind === ts.SyntaxKind.AsteriskToken) {
    return [replaced('huge limit', node, `(1000 * ${node.getText()})`)]
  }
  if (node.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken) {
    const sides = isNothing(node.right) ? [node.right] : [node.left, node.right]
    return sides.map((side) => replaced('always one branch', node, side.getText()))
  }
  return []
}

type Logical = ts.BinaryExpression & { operatorToken: ts.BinaryOperatorToken }

function constants(node: ts.Expression): Mutant[] {
  return ['true', 'false'].map((text) => replaced(`condition is ${text}`, node, text))
}

function isLogical(node: ts.Node, ...kinds: ts.SyntaxKind[]): node is Logical {
  const logical =
    kinds.length > 0 ? kinds : [ts.SyntaxKind.AmpersandAmpersandToken, ts.SyntaxKind.BarBarToken]
  return ts.isBinaryExpression(node) && logical.includes(node.operatorToken.kind)
}

function isOr(node: ts.BinaryExpression): boolean {
  return node.operatorToken.kind === ts.SyntaxKind.BarBarToken
}

/** Leaves out each operand of `&&` and `||`, also in parentheses, but not those that only say that a value is there. */
function leaves(node: ts.BinaryExpression): Mutant[] {
  return [node.left, node.right].flatMap((side) => {
    const inner = unwrapped(side)
    if (isLogical(inner)) return leaves(inner)
    return isPresence(inner) ? [] : [operand(side, node)]
  })
}

function isPresence(node: ts.Expression): boolean {
  return isComparison(node) && (isNothing(node.left) || isNothing(node.right))
}

function isNothing(node: ts.Expression): boolean {
  return /^(?:undefined|null|''|\[\])$/.test(node.getText())
}

function operand(side: ts.Expression, whole: ts.BinaryExpression): Mutant {
  const other = side === whole.left ? whole.right : whole.left
  return replaced('drop an operand', whole, other.getText())
}

const predicate =
  /^(?:is|has|may|can|same|matches|needs|shares)(?:[A-Z]|$)|^(?:includes|some|every|has|test|startsWith|endsWith|equals|canParse)$/

function isBoolean(node: ts.Expression): boolean {
  if (ts.isPrefixUnaryExpression(node)) return node.operator === ts.SyntaxKind.ExclamationToken
  if (!ts.isCallExpression(node))
    return node.kind === ts.SyntaxKind.TrueKeyword || node.kind === ts.SyntaxKind.FalseKeyword
  const { expression } = node
  const name = ts.isPropertyAccessExpression(expression)
    ? expression.name.text
    : ts.isIdentifier(expression)
      ? expression.text
      : ''
  return predicate.test(name)
}

function isAccess({ parent }: ts.Node): boolean {
  return 'name' in parent && /^access$|Access$/.test((parent.name as ts.Node).getText())
}

function unwrapped(node: ts.Expression): ts.Expression {
  if (
    ts.isParenthesizedExpression(node) ||
    ts.isAwaitExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isSatisfiesExpression(node) ||
    ts.isNonNullExpression(node)
  ) {
    return unwrapped(node.expression)
  }
  return ts.isYieldExpression(node) && node.expression !== undefined ? unwrapped(node.expression) : node
}

/** Accepts any text, or leaves out one of its alternatives. */
function pattern(node: ts.RegularExpressionLiteral): Mutant[] {
  const end = node.text.lastIndexOf('/')
  const flags = node.text.slice(end + 1)
  const fewer = withoutAlternatives(node.text.slice(1, end))
  if (fewer.length === 0) return [replaced('accept any text', node, `/(?:)/${flags}`)]
  return fewer.map((source) => replaced('drop an alternative', node, `/${source}/${flags}`))
}

/** The pattern without one of its alternatives each, also in groups. */
function withoutAlternatives(source: string): string[] {
  const tokens = source.match(/\\.|\[(?:\\.|[^\]])*\]|\((?:\?(?:<?[=!]|:|<\w+>))?|[\s\S]/g) ?? []
  const open: { start: number; bars: number[] }[] = [{ start: 0, bars: [] }]
  const fewer: string[] = []
  for (const [index, token] of [...tokens, ')'].entries()) {
    if (token.startsWith('(')) open.push({ start: index + 1, bars: [] })
    if (token === '|') open.at(-1)?.bars.push(index)
    if (token !== ')') continue
    const { start, bars } = open.pop() ?? { start: 0, bars: [] }
    if (bars.length === 0) continue
    const edges = [start - 1, ...bars, index]
    for (let part = 0; part < edges.length - 1; part++) {
      const from = part === 0 ? start : (edges[part] ?? 0)
      const to = part === 0 ? (edges[1] ?? 0) + 1 : (edges[part + 1] ?? 0)
      fewer.push(tokens.toSpliced(from, to - from).join(''))
    }
  }
  return fewer
}
