import type { AnyNode } from 'acorn'
import type { Place } from '../base/script-scopes.ts'
import { nameOf } from '../base/syntax-tree.ts'
import { fullName, type Kind, type ScriptValues } from './script-values.ts'
import { simulatedJava } from './simulated-java.ts'

/** Objects with the other members of a value. */
const builtIns: Partial<Record<string, object>> = {
  'a string': String.prototype,
  'a number': Number.prototype,
  'a list': Array.prototype,
  'a set': Array.prototype,
}

/** Why a call of a class or member of Java fails here, which can run on the vendor's engine. Undefined for others. */
export function notSimulated({ node, parent }: Place, values: ScriptValues): string | undefined {
  if (node.type === 'CallExpression' || node.type === 'NewExpression') {
    const made = values.kindOf(node.callee)
    return isClass(made) ? ofClass(fullName(made)) : undefined
  }
  const name = nameOf(node)
  if (node.type !== 'MemberExpression' || name === undefined) return undefined
  const { object } = node
  const kind = values.kindOf(object)
  if (isClass(kind)) return isOutside(object, values) ? undefined : ofClass(fullName(kind), name)
  return parent.type === 'CallExpression' && parent.callee === node ? ofValue(kind, name) : undefined
}

const isClass = (kind: Kind): kind is `class ${string}` => kind?.startsWith('class ') === true
/** Members in a row of the table. */
export const wordsOf = (row = '') => simulatedJava[row]?.split(' ') ?? []

/** A class in a variable outside functions fails there. */
const isOutside = (node: AnyNode, values: ScriptValues) =>
  node.type === 'Identifier' && values.variableOf(node)?.isOutside === true

function ofClass(name: string, member?: string): string | undefined {
  if (!/^javax?\./.test(name)) return undefined
  const [row, simple] = name.split(/\.(?=[^.]*$)/)
  const known = wordsOf(row)
  if (simple === undefined || !known.includes(simple)) return lacks(name)
  return member === undefined || known.includes(`${simple}.${member}`)
    ? undefined
    : lacks(`${name}.${member}`)
}

function ofValue(kind: Kind, name: string): string | undefined {
  if (name === 'length' && (kind === 'any' || kind === 'string' || kind === 'made'))
    return 'texts have no method `length` on this server: write `String(…).length`'
  const row =
    kind?.startsWith('of ') === true ? kind.replace('of', 'new') : `a ${kind === 'made' ? 'string' : kind}`
  const members = wordsOf(row)
  if (members.length === 0 || members.includes(name)) return undefined
  return name in (builtIns[row] ?? Object.prototype) ? undefined : lacks(name)
}

const lacks = (name: string) => `\`${name}\` is not simulated on this server`
