import { type AnyNode, type CallExpression, type Identifier, type Program, parse } from 'acorn'
import { childrenOf, isFunction, namesIn } from './syntax-tree.ts'

/** An expression or statement, and where it is. `isInWith`: its names can be members of an object. */
export type Place = { node: AnyNode; parent: AnyNode; scope: Scope; isInLoop: boolean; isInWith: boolean }

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
    const isOutside = this.parent === undefined
    const unused = { isAlsoVar: false, stores: [], uses: [], calls: [], isPassedOn: false }
    const variable = this.variables.get(name) ?? { isOutside, ...unused }
    this.variables.set(name, variable)
    return variable
  }

  find(name: string): Variable | undefined {
    return this.variables.get(name) ?? this.parent?.find(name)
  }
}

/** The variables that a script declares. As on the vendor's engine, each belongs to a function or is outside of all. */
export class ScriptScopes {
  /** In the order of the source. */
  readonly places: Place[] = []
  readonly #placeOf = new Map<AnyNode, Place>()
  protected readonly outside = new Scope()

  constructor(program: Program) {
    const place = { node: program, parent: program, scope: this.outside, isInLoop: false, isInWith: false }
    this.#visit(place)
  }

  isOutside(scope: Scope): boolean {
    return scope === this.outside
  }

  parentOf(node: AnyNode): AnyNode | undefined {
    return this.#placeOf.get(node)?.parent
  }

  /** The scope in which a part is. */
  scopeOf(node: AnyNode): Scope {
    return this.#placeOf.get(node)?.scope ?? this.outside
  }

  variableOf(node: Identifier): Variable | undefined {
    return this.scopeOf(node).find(node.name)
  }

  /** Whether nothing in the script declares or sets the name. */
  isGlobal(node: AnyNode, names: readonly string[]): node is Identifier {
    return node.type === 'Identifier' && names.includes(node.name) && this.variableOf(node) === undefined
  }

  #visit(place: Place): void {
    const { node, scope } = place
    this.places.push(place)
    this.#placeOf.set(node, place)
    const inner = isFunction(node) ? new Scope(scope) : scope
    if (isFunction(node))
      for (const each of node.params) for (const name of namesIn(each)) inner.declare(name)
    if (/^(?:Function|Class)/.test(node.type) && 'id' in node && node.id?.type === 'Identifier') {
      const variable = (node.type === 'FunctionExpression' ? inner : scope).declare(node.id.name)
      variable.stores.push({ node })
      variable.isAlsoVar = true
    }
    if (node.type === 'CatchClause' && node.param)
      for (const name of namesIn(node.param)) scope.declare(name).stores.push({})
    if (node.type === 'VariableDeclaration')
      for (const name of node.declarations.flatMap(({ id }) => namesIn(id)))
        if (node.kind === 'const') scope.declare(name)
        else scope.declare(name).isAlsoVar = true
    const isInLoop = !isFunction(node) && (place.isInLoop || /^For|^(?:Do)?While/.test(node.type))
    for (const child of childrenOf(node)) {
      const isInWith = place.isInWith || (node.type === 'WithStatement' && child === node.body)
      this.#visit({ node: child, parent: node, scope: inner, isInLoop, isInWith })
    }
  }
}

/** The syntax tree of a script, with lines. @throws SyntaxError, or RangeError for a script that is nested too deeply. */
export function parsed(source: string): Program {
  return parse(source, {
    ...({ ecmaVersion: 'latest', sourceType: 'script', locations: true } as const),
    allowReturnOutsideFunction: true,
  })
}

/** Whether an identifier stands for a value. Names of members, keys and labels don't. */
export function isUse(node: Identifier, parent: AnyNode): boolean {
  switch (parent.type) {
    case 'MemberExpression':
      return parent.property !== node || parent.computed
    case 'Property':
      return parent.key !== node || parent.computed || parent.shorthand
    case 'MethodDefinition':
    case 'PropertyDefinition':
      return parent.key !== node || parent.computed
    default:
      return !/^(?:Labeled|Break|Continue)Statement$|^MetaProperty$/.test(parent.type)
  }
}

/** Whether an identifier gets a value where it stands. */
export function isTarget(node: Identifier, parent: AnyNode): boolean {
  if (isFunction(parent)) return parent.body !== node
  if (parent.type === 'VariableDeclarator') return parent.id === node
  return 'left' in parent && parent.type !== 'BinaryExpression' && parent.type !== 'LogicalExpression'
    ? parent.left === node
    : /^(?:ArrayPattern|RestElement)$/.test(parent.type)
}
