import type { AnyNode, ObjectExpression } from 'acorn'
import { isUse, type Place } from '../base/script-scopes.ts'
import { isFunction, nameOf } from '../base/syntax-tree.ts'
import { findConstants } from './constants-in-scripts.ts'
import { findJavaValues } from './java-values.ts'
import { missingNames } from './missing-names.ts'
import { notSimulated } from './not-simulated.ts'
import { refusedPattern } from './refused-patterns.ts'
import { ScriptValues } from './script-values.ts'
import { eachOf } from './script-variables.ts'

/** `name`: a global or member that doesn't exist there. `constant` and `value` run, and have another value. `absent` doesn't exist here.
 * `other` seldom decides. */
export type Incompatibility = {
  line: number
  message: string
  kind: 'syntax' | 'name' | 'constant' | 'value' | 'absent' | 'other'
}

type Rule = [message: string, applies: (place: Place, source: string) => boolean]

const isLogical = (operator: string) => (node: AnyNode) =>
  (node.type === 'LogicalExpression' ||
    node.type === 'AssignmentExpression' ||
    node.type === 'BinaryExpression') &&
  [operator, `${operator}=`].includes(node.operator)

/** Whether a part is of a type and its text is short and like this. */
function isLike(type: AnyNode['type'], text: RegExp): Rule[1] {
  return ({ node }, source) =>
    node.type === type && node.end - node.start < 200 && text.test(source.slice(node.start, node.end))
}

/** Constructs that the vendor's engine rejects. */
const syntaxRules: Rule[] = [
  ['`let` is', ({ node }) => node.type === 'VariableDeclaration' && node.kind === 'let'],
  ['`class` is', ({ node }) => /^Class(?:Decl|Expr)/.test(node.type)],
  ['`async` functions are', ({ node }) => isFunction(node) && node.async],
  ['generators are', ({ node }) => isFunction(node) && node.generator === true],
  ['`for (… of …)` is', ({ node }) => node.type === 'ForOfStatement' && eachOf(node.right) === undefined],
  [
    '`const` in the head of a loop is',
    ({ node, parent }) =>
      node.type === 'VariableDeclaration' && node.kind === 'const' && /^For/.test(parent.type),
  ],
  ['spread and rest (`...`) are', ({ node }) => node.type === 'SpreadElement' || node.type === 'RestElement'],
  ['optional chaining (`?.`) is', ({ node }) => node.type === 'ChainExpression'],
  ['`??` is', ({ node }) => isLogical('??')(node)],
  [
    'destructuring with default values or without `name: variable` is',
    ({ node, parent }) =>
      (node.type === 'AssignmentPattern' && !isFunction(parent)) ||
      (node.type === 'Property' && node.shorthand && parent.type === 'ObjectPattern'),
  ],
  ['`**` is', ({ node }) => isLogical('**')(node)],
  [
    '`||=` and `&&=` are',
    ({ node }) => node.type === 'AssignmentExpression' && ['||=', '&&='].includes(node.operator),
  ],
  ['`import(…)` is', ({ node }) => node.type === 'ImportExpression'],
  ['`new.target` is', ({ node }) => node.type === 'MetaProperty'],
  ['a computed key is', ({ node }) => node.type === 'Property' && node.computed],
  ['default parameters are', ({ node, parent }) => node.type === 'AssignmentPattern' && isFunction(parent)],
  [
    'shorthand properties are',
    ({ node, parent }) => node.type === 'Property' && node.shorthand && parent.type === 'ObjectExpression',
  ],
  ['an optional catch binding is', ({ node }) => node.type === 'CatchClause' && !node.param],
  [
    'a comma after the last parameter is',
    ({ node }, source) =>
      isFunction(node) &&
      /^\s*,/.test(source.slice(node.params.at(-1)?.end ?? source.length, node.body.start)),
  ],
]

/** Constructs with another result there, which seldom decides. */
const otherRules: Rule[] = [
  [
    'keys that are numbers stay where they are written, and come first here',
    ({ node }) => node.type === 'ObjectExpression' && hasMisplacedKey(node),
  ],
  ['`\\u{…}` is no escape', ({ node }) => node.type === 'Literal' && /\\u\{/.test(node.raw ?? '')],
  ['`\\8` matches a backslash, too', isLike('Literal', /^\/(?:[^[\\]|\\[^89]|\[(?:\\.|[^\]\\])*\])*\\[89]/)],
  ['`__proto__` is an ordinary name', isLike('MemberExpression', /\[(['"])__proto__\1\]$/)],
  ['`__proto__` is an ordinary name', isLike('BinaryExpression', /^(['"])__proto__\1 in /)],
  ['regular expressions have no `flags`', isLike('MemberExpression', /^\/[^/]*\/\w*\.flags$/)],
  ['errors have no `cause`', isLike('NewExpression', /^new \w*Error\([^{]*\{\s*cause\b/)],
  [
    'members of `RegExp` are not set on this server',
    isLike('MemberExpression', /^RegExp\.(?:\$\d|last\w+|leftContext|rightContext)$/),
  ],
]

function hasMisplacedKey({ properties }: ObjectExpression): boolean {
  const keys = properties.map((each) =>
    each.type === 'Property' && each.key.type === 'Literal' ? Number(each.key.value) : Number.NaN,
  )
  return keys.some((key, at) => at > 0 && !Number.isNaN(key) && !((keys[at - 1] ?? 0) < key))
}

const missing = new Set(missingNames)
/** Other objects have methods with these names. */
const ambiguous = ['replaceAll', 'with']
const missingMethods = new Set(
  missingNames
    .flatMap((name) => name.split('.prototype.')[1] ?? [])
    .filter((name) => !ambiguous.includes(name)),
)
const genericsOfArray = /^Array\.(?:map|filter|forEach|join|slice|push|some|every|concat|indexOf)$/
const onlyThere = ['Continuation', 'JavaAdapter', 'StopIteration', 'XML', 'XMLList', 'isXMLName', 'uneval']

/** Finds what runs differently on the vendor's engine. Scripts with a syntax error have none: nothing runs them. */
export function allIncompatibilities(source: string): Incompatibility[] {
  try {
    const values = new ScriptValues(source)
    const found = values.places.flatMap((place): (Omit<Incompatibility, 'line'> & { node: AnyNode })[] => {
      const { node } = place
      const among = (rules: readonly Rule[]) => rules.filter(([, applies]) => applies(place, values.source))
      const name = missingName(place, values)
      const pattern = refusedPattern(node, values)
      const absent = notSimulated(place, values)
      return [
        ...among(syntaxRules).map(([text]) => ({
          node,
          message: `${text} a parse error`,
          kind: 'syntax' as const,
        })),
        ...among(otherRules).map(([message]) => ({ node, message, kind: 'other' as const })),
        ...(name === undefined ? [] : [{ node, ...name }]),
        ...(absent === undefined ? [] : [{ node, message: absent, kind: 'absent' as const }]),
        ...(pattern === undefined ? [] : [{ node, message: pattern, kind: 'syntax' as const }]),
      ]
    })
    const constants = findConstants(values).map((each) => ({ ...each, kind: 'constant' as const }))
    const java = findJavaValues(values).map((each) => ({ ...each, kind: 'value' as const }))
    const all = [...found, ...constants, ...java].map(({ node, message, kind }) => ({
      line: node.loc?.start.line ?? 1,
      message,
      kind,
    }))
    return [...new Map(all.map((each) => [`${each.line} ${each.message}`, each])).values()].toSorted(
      (one, other) => one.line - other.line,
    )
  } catch {
    return []
  }
}

function missingName(
  { node, parent }: Place,
  values: ScriptValues,
): Omit<Incompatibility, 'line'> | undefined {
  const lacks = (name: string) => ({ message: `\`${name}\` does not exist`, kind: 'name' as const })
  if (node.type === 'Identifier' && isUse(node, parent) && values.variableOf(node) === undefined) {
    if (missing.has(node.name)) return lacks(node.name)
    if (onlyThere.includes(node.name))
      return { message: `\`${node.name}\` is not available on this server`, kind: 'absent' }
  }
  const name = nameOf(node)
  if (node.type !== 'MemberExpression' || name === undefined) return undefined
  const { object } = node
  if (
    /^(?:toSource|rhinoException|lineNumber|fileName)$/.test(name) ||
    genericsOfArray.test(values.textOf(node))
  )
    return { message: `\`${name}\` is not available on this server`, kind: 'absent' }
  if (
    object.type === 'Identifier' &&
    missing.has(`${object.name}.${name}`) &&
    values.variableOf(object) === undefined
  )
    return lacks(`${object.name}.${name}`)
  if (nameOf(object) === 'prototype' && missing.has(`${values.textOf(object)}.${name}`))
    return lacks(`${values.textOf(object)}.${name}`)
  const isCalled = parent.type === 'CallExpression' && parent.callee === node
  if (!isCalled) return undefined
  if (missingMethods.has(name)) return { message: `the method \`${name}\` does not exist`, kind: 'name' }
  if (name === 'with' && values.kindOf(object) === 'jsArray')
    return { message: 'the method `with` does not exist', kind: 'name' }
  const [first] = parent.arguments
  const isOfText =
    object.type === 'Literal' ||
    object.type === 'TemplateLiteral' ||
    (first?.type === 'Literal' && 'regex' in first)
  return name === 'replaceAll' && isOfText
    ? {
        message: 'the method `replaceAll` exists on texts of Java only, where its pattern is a text',
        kind: 'name',
      }
    : undefined
}
