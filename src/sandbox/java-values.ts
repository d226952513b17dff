import type { AnyNode, BinaryExpression, CallExpression, MemberExpression } from 'acorn'
import type { Place } from '../base/script-scopes.ts'
import { nameOf } from '../base/syntax-tree.ts'
import { wordsOf } from './not-simulated.ts'
import { isJava, type Kind, ScriptValues } from './script-values.ts'
import { eachOf, keyOf } from './script-variables.ts'
import { edited } from './standard-script.ts'

type Finding = { node: AnyNode; message: string }

const words = (text: string) => text.split(' ')
/** Methods of JavaScript's lists and texts that Java's have not. */
const arrayMethods = words(
  'map filter join push pop shift unshift splice sort some every find findIndex reduce reverse fill',
)
/** Methods of Java's texts that JavaScript's have not. Rhino gives `equals` and `equalsIgnoreCase` to its own. */
const javaMethods = wordsOf('a string').filter((name) => !/^equals/.test(name))
const listMethods = words('slice includes concat')
/** What fails, or gives another value, for a concatenation that is an object. */
const textMembers = words(
  'replace split substring indexOf match trim toLowerCase toUpperCase charAt length equals',
)
const searches = words('indexOf lastIndexOf includes')
const withPatterns = words('replace replaceAll split')
/** Methods of Java's texts that do something else than JavaScript's with such a first argument. */
const ownMeaning = new Map<string, [does: string, when: RegExp]>([
  ['charAt', ['gives a number', /^/]],
  ['replace', ['replaces all matches', /^['"]/]],
  ['split', ['takes a regular expression', /^['"].*[.|*+?^$()[\]{}\\]/]],
])
const beanMembers = words('length class empty')

/**
 * Finds values that are Java objects on the vendor's engine and texts here, where this decides: a value of the state or the request in
 * place, and a concatenation in a variable outside functions.
 */
export function findJavaValues(values: ScriptValues): Finding[] {
  return values.places.flatMap((place) => {
    const message = messageOf(values, place)
    return message === undefined ? [] : [{ node: place.node, message }]
  })
}

const is = (kind: Kind, names: string) => kind !== undefined && words(names).includes(kind)
const isOfText = (kind: Kind) => kind === 'of String' || is(kind, 'text joining')
/** A text, number or truth value of Java. */
const isPlain = (kind: Kind) => is(kind, 'any string number flag')
const isCollection = (kind: Kind) => is(kind, 'state list set map any opened')

/** What decides which way a script takes. */
function testIn(values: ScriptValues, node: AnyNode): AnyNode | undefined {
  switch (node.type) {
    case 'IfStatement':
    case 'ConditionalExpression':
    case 'WhileStatement':
      return node.test
    case 'LogicalExpression':
      return node.left
    case 'UnaryExpression':
      return node.operator === '!' ? node.argument : undefined
    case 'CallExpression':
      return values.isGlobal(node.callee, ['Boolean']) ? node.arguments[0] : undefined
    default:
      return undefined
  }
}

/**
 * Adds checks of values that only a run knows: `$sidegateJava` throws where an empty or false value of the state would count as
 * true, and where a text has no `length`. Scripts with a syntax error stay as they are.
 */
export function withChecks(source: string): string {
  try {
    return checkedSource(new ScriptValues(source))
  } catch {
    return source
  }
}

function checkedSource(values: ScriptValues): string {
  const checked = new Map<AnyNode, string>()
  const isAny = (node: AnyNode) => is(values.kindOf(node), 'any string joined')
  const note = (test: AnyNode): void => {
    if (isAny(test) && !isTestedAgain(values, test)) checked.set(test, ')')
    else if (test.type === 'LogicalExpression') for (const part of [test.left, test.right]) note(part)
  }
  for (const { node } of values.places) {
    const test = testIn(values, node)
    if (test !== undefined) note(test)
    const name = nameOf(node) ?? ''
    if (
      node.type === 'MemberExpression' &&
      ['length', 'substring', 'includes'].includes(name) &&
      isAny(node.object)
    )
      checked.set(node.object, `, '${name}')`)
    if (
      node.type === 'MemberExpression' &&
      node.object.type === 'ArrayExpression' &&
      /^(?:some|every|filter|find)$/.test(name)
    )
      for (const element of node.object.elements) if (element !== null) note(element)
    if (node.type === 'ForInStatement' && is(values.kindOf(node.right), 'any opened'))
      checked.set(node.right, ", 'in')")
  }
  const edits = [...checked].flatMap(([{ start, end }, text]) => [
    { at: start, text: '$sidegateJava(' },
    { at: end, text },
  ])
  return edited(values.source, edits)
}

/** Whether the next operand looks at the value, too, as in `!value || String(value) === ''`. */
function isTestedAgain(values: ScriptValues, test: AnyNode): boolean {
  const parent = values.parentOf(test)
  const outer = parent?.type === 'UnaryExpression' ? values.parentOf(parent) : parent
  if (outer?.type !== 'LogicalExpression' || outer.right.start < test.end) return false
  return values.textOf(outer.right).includes(values.textOf(test))
}

function messageOf(values: ScriptValues, place: Place): string | undefined {
  const { node } = place
  const test = testIn(values, node)
  if (test !== undefined) return alwaysTrue(values, test)
  switch (node.type) {
    case 'BinaryExpression':
      return ofComparison(values, node)
    case 'SwitchStatement':
      return neverMatches(values, node.discriminant)
    case 'UnaryExpression':
      return node.operator === 'typeof' ? ofTypeof(values, node.argument, place.parent) : undefined
    case 'ForInStatement':
      return is(values.kindOf(node.right), 'state list any opened')
        ? undefined
        : ofKeys(values.kindOf(node.right), '`for (… in …)`')
    case 'ForOfStatement':
      return ofEach(values, node.right)
    case 'MemberExpression':
      return ofMember(values, node, place.parent)
    case 'CallExpression':
      return ofCall(values, node)
    case 'NewExpression':
      return ofClass(values, node.callee)
    default:
      return undefined
  }
}

const neverIs = '`===`, `switch` and `indexOf` never match this value, which is a Java object'
function neverMatches(values: ScriptValues, node: AnyNode): string | undefined {
  const kind = values.kindOf(node)
  if (isPlain(kind)) return neverIs
  if (kind === 'boxed') return '`===` and `switch` never match a text of `new java.lang.String` here'
  return kind === 'joined' ? joinedIs(node) : undefined
}

const joinedIs = (node: AnyNode) =>
  `${node.type === 'Identifier' ? `\`${node.name}\`` : 'this value'} is a Java object, as every concatenation in a variable outside functions: write \`String(…)\` around it`

/** Tests of values that may be missing are common, and right unless a value is empty or false. */
function alwaysTrue(values: ScriptValues, node: AnyNode): string | undefined {
  const kind = values.kindOf(node)
  const key = node.type === 'CallExpression' ? (keyOf(node) ?? 'members') : ''
  const isFalse = values.emptyKeys.has(key)
  const isGiven =
    is(kind, 'number flag') ||
    (kind === 'string' && node.type === 'CallExpression' && node.callee.type === 'MemberExpression')
  return isGiven || (kind === 'any' && isFalse)
    ? 'this value counts as true, also if it is empty or false: it is a Java object'
    : undefined
}

function ofTypeof(values: ScriptValues, node: AnyNode, parent: AnyNode): string | undefined {
  const other =
    parent.type === 'BinaryExpression'
      ? [parent.left, parent.right].find(({ type }) => type === 'Literal')
      : undefined
  if (other?.type === 'Literal' && !is(String(other.value) as Kind, 'string number boolean')) return undefined
  const kind = values.kindOf(node)
  if (kind === 'joined') return joinedIs(node)
  if (kind?.startsWith('class ') === true) return ofClass(values, node)
  return isPlain(kind) || kind === 'boxed'
    ? '`typeof` of this value differs: texts of Java in place are objects'
    : undefined
}

function ofComparison(values: ScriptValues, { left, right, operator }: BinaryExpression): string | undefined {
  const [one, other] = [values.kindOf(left), values.kindOf(right)]
  if (operator === '===' || operator === '!==') {
    const isMade = one === 'string' && other === 'string' && left.type === 'CallExpression'
    if (one === 'nothing' || other === 'nothing' || (isPlain(one) && isPlain(other) && !isMade))
      return undefined
    return neverMatches(values, left) ?? neverMatches(values, right)
  }
  if (operator === '==' || operator === '!=') {
    if (one === 'joined' && other === 'joined') return joinedIs(left)
    return is(one, 'made boxed') && is(other, 'made boxed')
      ? 'two texts of `new java.lang.String` are equal there, and different here'
      : undefined
  }
  if (operator === '+' && values.hasNumbers && (is(one, 'list map state') || is(other, 'list map state')))
    return 'numbers of a script have a fraction in the text of a collection of Java, such as `1.0`'
  if (operator === 'in') return is(other, 'map any opened') ? ofKeys(other, '`in`') : undefined
  if (operator !== 'instanceof') return undefined
  if (other?.startsWith('class ') === true) return '`instanceof` is always false here for classes of Java'
  return is(one, 'any string list set map') || /^new [\w.]*Exception\(/.test(values.textOf(left))
    ? '`instanceof` differs for objects of Java'
    : undefined
}

function ofKeys(kind: Kind, how: string): string | undefined {
  if (isCollection(kind)) return `${how} has the names of Java's methods: use \`keySet()\` or \`for each\``
  return isOfText(kind) ? `${how} finds nothing in a text` : undefined
}

function ofEach(values: ScriptValues, right: AnyNode): string | undefined {
  const kind = values.kindOf(eachOf(right) ?? right)
  if (kind === 'set') return '`for each` has the methods of a Java set: use `iterator()`'
  return isOfText(kind) ? '`for each` finds nothing in a text' : undefined
}

function ofMember(values: ScriptValues, node: MemberExpression, parent: AnyNode): string | undefined {
  const { object } = node
  const kind = values.kindOf(object)
  const name = nameOf(node)
  const isCalled = parent.type === 'CallExpression' && parent.callee === node
  if (name === undefined)
    return is(kind, 'map set string made') ? 'this object of Java has no members with an index' : undefined
  const patterns = isCalled && parent.arguments.some((each) => each.type === 'Literal' && 'regex' in each)
  if (kind === 'joined') return textMembers.includes(name) ? joinedIs(object) : undefined
  if (isCalled && is(kind, 'text joining'))
    return javaMethods.includes(name) ? `texts of JavaScript have no \`${name}\`` : undefined
  if (isCalled && name !== 'equals' && is(kind, 'jsValue opened') && wordsOf('a number').includes(name))
    return `numbers of JavaScript have no \`${name}\``
  if (!isJava(kind) && kind !== 'opened') return undefined
  if (isCalled && kind !== 'array') {
    if (
      (is(kind, 'any list set opened') && arrayMethods.includes(name)) ||
      (is(kind, 'list set') && listMethods.includes(name))
    )
      return `values of Java have no \`${name}\``
    if (kind === 'map' && name === 'hasOwnProperty') return `values of Java have no \`${name}\``
    if (patterns && is(kind, 'any string made') && withPatterns.includes(name))
      return `\`${name}\` of a Java text takes no regular expression of JavaScript: write \`String(…)\` around the text`
    const [does, when] = ownMeaning.get(name) ?? []
    const [first] = parent.arguments
    if (name === 'equals' && is(kind, 'any number') && first && is(values.kindOf(first), 'jsValue number'))
      return '`equals` of numbers depends on their classes: write `==`'
    return is(kind, 'any string made') && first && when?.test(values.textOf(first))
      ? `\`${name}\` of a Java text ${does}: write \`String(…)\` around the text`
      : undefined
  }
  if (isCalled) return undefined
  if (is(kind, 'string made') && name === 'length') return '`length` of a Java text is a method'
  const isSet = parent.type === 'AssignmentExpression' && parent.left === node
  const hasName =
    kind !== 'map' ||
    values.isGlobal(object, ['requestHeaders', 'requestParameters']) ||
    values.keysPut.has(name)
  if ((!isSet && (is(kind, 'state list') || !hasName)) || (beanMembers.includes(name) && kind !== 'set'))
    return undefined
  return isCollection(kind) ? `this object of Java has no \`${name}\`: use \`get\` and \`put\`` : undefined
}

function ofCall(values: ScriptValues, node: CallExpression): string | undefined {
  const { callee } = node
  const [first] = node.arguments
  const argument = first === undefined ? undefined : values.kindOf(first)
  if (callee.type !== 'MemberExpression' || first === undefined) return ofClass(values, callee)
  const name = nameOf(callee) ?? ''
  const owner = values.kindOf(callee.object)
  if (values.isGlobal(callee.object, ['Object']) && name === 'is' && is(argument, 'made boxed'))
    return '`Object.is` compares the characters of texts of Java'
  if (name === 'format' && owner?.endsWith('String') && /^['"].*%\d*d/.test(values.textOf(first)))
    return node.arguments.some((each) => each !== first && values.kindOf(each) === 'jsValue')
      ? '`%d` takes no number of JavaScript: write `new java.lang.Integer(…)`'
      : undefined
  if (
    values.isGlobal(callee.object, ['Object']) &&
    words('keys getOwnPropertyNames freeze isFrozen seal isSealed').includes(name)
  ) {
    if (is(argument, 'text joining jsValue')) return `\`Object.${name}\` takes objects only`
    return name === 'keys' || name === 'getOwnPropertyNames'
      ? ofKeys(argument, `\`Object.${name}\``)
      : undefined
  }
  if (values.isGlobal(callee.object, ['Array']) && name === 'isArray')
    return is(argument, 'list any opened') ? 'Java lists are no arrays' : undefined
  if (
    searches.includes(name) &&
    !is(owner, 'text joining') &&
    (is(owner, 'jsArray array') || argument === 'joined')
  )
    return owner === 'array' ? neverIs : neverMatches(values, first)
  if (is(owner, 'map state') && words('get put containsKey remove').includes(name))
    return argument === 'joined' ? joinedIs(first) : ofKey(values, first)
  return ofClass(values, callee.object)
}

/** A number that only a text is equal to here, or the other way round. */
function ofKey({ keysPut }: ScriptValues, key: AnyNode): string | undefined {
  if (key.type !== 'Literal' || keysPut.has(key.value)) return undefined
  const other = typeof key.value === 'number' ? String(key.value) : Number(key.value)
  return keysPut.has(other) ? 'a number and its text are two keys of a Java map' : undefined
}

/** A class in a variable outside functions. */
function ofClass(values: ScriptValues, node: AnyNode): string | undefined {
  if (node.type === 'MemberExpression') return ofClass(values, node.object)
  if (node.type !== 'Identifier' || values.variableOf(node)?.isOutside !== true) return undefined
  return values.kindOf(node)?.startsWith('class ') === true
    ? `\`${node.name}\` is a class of Java, which fails in a variable outside functions: use JavaImporter`
    : undefined
}
