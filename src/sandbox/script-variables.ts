import type { AnyNode, CallExpression } from 'acorn'
import { isTarget, isUse, type Place, parsed, ScriptScopes, type Variable } from '../base/script-scopes.ts'
import { isFunction, nameOf, namesIn } from '../base/syntax-tree.ts'
import { standardScript } from './standard-script.ts'

/** Bindings that are maps of the state. */
export const states = ['sharedState', 'transientState']

/** Functions with more parameters are uncommon, and would take a hostile script's time. */
const maxParameters = 9

/** The variables of a script, and what it stores in them and in the state. */
export class ScriptVariables extends ScriptScopes {
  readonly source: string
  /** Literal keys of `put`. */
  readonly keysPut = new Set<unknown>()
  /** Whether a number is put somewhere. */
  hasNumbers = false
  /** Keys that get an empty or false value. */
  readonly emptyKeys = new Set<string>()
  /** Values that the script puts into the state, by key; `members` for those of Java's collections. */
  readonly puts = new Map<string, AnyNode[]>()

  /** @throws as `parsed` does. */
  constructor(script: string) {
    const source = standardScript(script)
    super(parsed(source))
    this.source = source
    for (const place of this.places) this.#store(place)
    for (const { node } of this.places) this.#passParameters(node)
  }

  textOf({ start, end }: AnyNode): string {
    return this.source.slice(start, end)
  }

  /** Notes what a place stores in a variable or in the state. Names that only this sets are variables outside functions. */
  #store({ node, parent, scope }: Place): void {
    const into = (pattern: AnyNode, store: Variable['stores'][number]) => {
      for (const name of namesIn(pattern))
        (scope.find(name) ?? this.outside.declare(name)).stores.push(
          pattern.type === 'Identifier' ? store : {},
        )
    }
    if (node.type === 'VariableDeclarator' && node.init) into(node.id, { node: node.init })
    if (node.type === 'ForInStatement' || node.type === 'ForOfStatement') {
      const { left, right } = node
      const target = left.type === 'VariableDeclaration' ? left.declarations[0]?.id : left
      const list = node.type === 'ForOfStatement' ? eachOf(right) : undefined
      if (target !== undefined) into(target, list === undefined ? {} : { node: list, isElement: true })
    }
    if (node.type === 'AssignmentExpression' && !node.left.type.startsWith('Member'))
      into(
        node.left,
        node.operator === '=' ? { node: node.right } : { node, isGrown: node.operator === '+=' },
      )
    if (node.type === 'UpdateExpression') into(node.argument, {})
    if (node.type === 'CallExpression') this.#put(node)
    if (node.type !== 'Identifier' || !isUse(node, parent)) return
    const variable = scope.find(node.name)
    if (variable === undefined) return
    variable.uses.push(node)
    if (parent.type === 'CallExpression' && parent.callee === node) variable.calls.push(parent)
    else if (!isTarget(node, parent)) variable.isPassedOn = true
  }

  #put(call: CallExpression): void {
    const [first] = call.arguments
    const value = call.arguments.at(-1)
    if (value === undefined || !['put', 'add', 'set'].includes(nameOf(call.callee) ?? '')) return
    if (first?.type === 'Literal') this.keysPut.add(first.value)
    if (value.type === 'Literal' && typeof value.value === 'number') this.hasNumbers = true
    const key = keyOf(call) ?? 'members'
    const values = this.puts.get(key)
    if (values === undefined) this.puts.set(key, [value])
    else values.push(value)
    if (value.type === 'Literal' && !value.value && value.raw !== 'null') this.emptyKeys.add(key)
  }

  /** Gives the parameters of a function what its calls pass. */
  #passParameters(node: AnyNode): void {
    if (!isFunction(node) || node.params.length > maxParameters) return
    const { variables } = this.scopeOf(node.body)
    const name = this.#nameOfFunction(node)
    for (const [index, param] of node.params.entries())
      for (const each of namesIn(param)) {
        const { stores = [] } = variables.get(each) ?? {}
        const isKnown = param.type === 'Identifier' && name !== undefined && !name.isPassedOn
        if (!isKnown) stores.push({})
        else
          for (const call of name.calls)
            stores.push(call.arguments[index] === undefined ? {} : { node: call.arguments[index] })
      }
  }

  /** The variable that has this function and nothing else. */
  #nameOfFunction(node: AnyNode): Variable | undefined {
    if (node.type !== 'FunctionDeclaration') return undefined
    const variable = this.scopeOf(node).find(node.id?.name ?? '')
    return variable?.stores.length === 1 ? variable : undefined
  }
}

/** The literal key of `sharedState.get('key')` and `put`. */
export function keyOf({ callee, arguments: [key] }: CallExpression): string | undefined {
  if (callee.type !== 'MemberExpression' || callee.object.type !== 'Identifier') return undefined
  return states.includes(callee.object.name) && key?.type === 'Literal'
    ? `${callee.object.name} ${key.value}`
    : undefined
}

/** The list of a `for each`, which `standardScript` writes like this. */
export function eachOf(right: AnyNode): AnyNode | undefined {
  if (right.type !== 'CallExpression' || right.callee.type !== 'Identifier') return undefined
  return right.callee.name === '$sidegateValues' ? right.arguments[0] : undefined
}
