import { type AnyNode, type CallExpression, type Identifier, parse } from 'acorn'
import { childrenOf, isFunction, nameOf, namesIn } from '../base/syntax-tree.ts'
import { standardScript } from './standard-script.ts'

/** An expression or statement, and where it is. */
export type Place = { node: AnyNode; parent: AnyNode; scope: Scope; isInLoop: boolean }

/** `isElement`: a member of what the expression gives. Without a node: unknown. */
type Store = { node?: AnyNode; isElement?: boolean; isGrown?: boolean }

export type Variable = {
  isOutside: boolean
  /** Declared with `var` or as a function, too. */
  isAlsoVar: boolean
  stores: Store[]
  uses: Identifier[]
  calls: CallExpression[]
  isPassedOn: boolean
}

class Scope {
  readonly variables = new Map<string, Variable>()
  readonly parent: Scope | undefined

  constructor(parent?: Scope) {
    this.parent = parent
  }

  declare(name: string): Variable {
    const known = this.variables.get(name)
    if (known !== undefined) return known
    const made = {
      isOutside: this.parent === undefined,
      isAlsoVar: false,
      stores: [],
      uses: [],
      calls: [],
      isPassedOn: false,
    }
    this.variables.set(name, made)
    return made
  }

  find(name: string): Variable | undefined {
    return this.variables.get(name) ?? this.parent?.find(name)
  }
}

/** Bindings that are maps of the state. */
export const states = ['sharedState', 'transientState']

/** Functions with more parameters are uncommon, and would take a hostile script's time. */
const maxParameters = 9

/** The variables of a script, and what it stores in them and in the state. */
export class ScriptVariables {
  /** In the order of the source. */
  readonly places: Place[] = []
  readonly source: string
  /** Literal keys of `put`. */
  readonly namesPut = new Set<string>()
  /** Keys that get an empty or false value. */
  readonly emptyKeys = new Set<string>()
  readonly #outside = new Scope()
  readonly #scopes = new Map<AnyNode, Scope>()
  /** Values that the script puts into the state, by key; `members` for those of Java's collections. */
  readonly puts = new Map<string, AnyNode[]>()

  /** @throws SyntaxError, or RangeError for a script that is nested too deeply. */
  constructor(source: string) {
    this.source = standardScript(source)
    const program = parse(this.source, {
      ...({ ecmaVersion: 'latest', sourceType: 'script', locations: true } as const),
      allowReturnOutsideFunction: true,
    })
    this.#visit({ node: program, parent: program, scope: this.#outside, isInLoop: false })
    for (const place of this.places) this.#store(place)
    for (const { node } of this.places) this.#passParameters(node)
  }

  textOf({ start, end }: AnyNode): string {
    return this.source.slice(start, end)
  }

  isOutside(scope: Scope): boolean {
    return scope === this.#outside
  }

  /** Whether nothing in the script declares or sets the name. */
  isGlobal(node: AnyNode, names: readonly string[]): node is Identifier {
    return node.type === 'Identifier' && names.includes(node.name) && this.variableOf(node) === undefined
  }

  /** Whether it stands for a value, and isn't the name of a member. */
  isUse(node: Identifier, parent: AnyNode): boolean {
    return !isName(node, parent)
  }

  variableOf(node: Identifier): Variable | undefined {
    return (this.#scopes.get(node) ?? this.#outside).find(node.name)
  }

  #visit(place: Place): void {
    const { node, scope } = place
    this.places.push(place)
    let inner = scope
    if (node.type === 'Identifier') this.#scopes.set(node, scope)
    if (node.type === 'FunctionDeclaration' && node.id) {
      const variable = scope.declare(node.id.name)
      variable.stores.push({ node })
      variable.isAlsoVar = true
    }
    if (isFunction(node)) {
      inner = new Scope(scope)
      this.#scopes.set(node, inner)
      for (const each of node.params) for (const name of namesIn(each)) inner.declare(name)
    }
    if (node.type === 'CatchClause' && node.param)
      for (const name of namesIn(node.param)) scope.declare(name).stores.push({})
    if (node.type === 'VariableDeclaration')
      for (const { id } of node.declarations)
        for (const name of namesIn(id))
          if (node.kind !== 'const') scope.declare(name).isAlsoVar = true
          else scope.declare(name)
    const isInLoop = !isFunction(node) && (place.isInLoop || /^For|^(?:Do)?While/.test(node.type))
    for (const child of childrenOf(node)) this.#visit({ node: child, parent: node, scope: inner, isInLoop })
  }

  /** Notes what a place stores in a variable or in the state. Names that only this sets are variables outside functions. */
  #store({ node, parent, scope }: Place): void {
    const into = (pattern: AnyNode, store: Store) => {
      for (const name of namesIn(pattern))
        (scope.find(name) ?? this.#outside.declare(name)).stores.push(
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
    if (node.type !== 'Identifier' || isName(node, parent)) return
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
    if (first?.type === 'Literal') this.namesPut.add(String(first.value))
    const key = keyOf(call) ?? 'members'
    const values = this.puts.get(key)
    if (values === undefined) this.puts.set(key, [value])
    else values.push(value)
    if (value.type === 'Literal' && !value.value && value.raw !== 'null') this.emptyKeys.add(key)
  }

  /** Gives the parameters of a function what its calls pass. */
  #passParameters(node: AnyNode): void {
    if (!isFunction(node) || node.params.length > maxParameters) return
    const scope = this.#scopes.get(node)
    const name = this.#nameOfFunction(node)
    for (const [index, param] of node.params.entries())
      for (const each of namesIn(param)) {
        const { stores = [] } = scope?.variables.get(each) ?? {}
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
    const variable = this.#scopes.get(node)?.parent?.find(node.id?.name ?? '')
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

function isName(node: Identifier, parent: AnyNode): boolean {
  if (parent.type === 'MemberExpression') return parent.property === node && !parent.computed
  return parent.type === 'Property' && parent.key === node && !parent.computed && !parent.shorthand
}

function isTarget(node: Identifier, parent: AnyNode): boolean {
  if (isFunction(parent)) return true
  return (
    (parent.type === 'VariableDeclarator' && parent.id === node) ||
    (parent.type === 'AssignmentExpression' && parent.left === node)
  )
}

/** The list of a `for each`, which `standardScript` writes like this. */
export function eachOf(right: AnyNode): AnyNode | undefined {
  if (right.type !== 'CallExpression' || right.callee.type !== 'Identifier') return undefined
  return right.callee.name === '$sidegateValues' ? right.arguments[0] : undefined
}
