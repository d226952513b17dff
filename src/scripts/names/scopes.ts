import type { AnyNode, Identifier, Program } from 'acorn'
import { childrenOf, isFunction, namesIn } from '../../base/syntax-tree.ts'

/** A name that a script uses: where, and how. */
export type Use = {
  name: string
  node: Identifier
  /** From the outermost to the parent. */
  parents: readonly AnyNode[]
}

/** The names that a script takes from outside. */
export type FreeNames = {
  uses: Use[]
  /** Names that the script sets without declaring them, or asks for with `typeof`. It knows that they can be missing. */
  known: ReadonlySet<string>
  /** Whether code that is not visible here can define any name. */
  isOpen: boolean
}

/** Finds the names that a script uses and does not declare. */
export function freeNames(program: Program): FreeNames {
  const visitor = new Visitor()
  visitor.program(program)
  return { uses: visitor.uses, known: visitor.known, isOpen: visitor.isOpen }
}

class Visitor {
  readonly uses: Use[] = []
  readonly known = new Set<string>()
  isOpen = false
  readonly #scopes: Set<string>[] = []
  readonly #parents: AnyNode[] = []

  program(program: Program): void {
    this.#inScope(declaredIn(program), () => this.#children(program))
  }

  #inScope(names: Iterable<string>, work: () => void): void {
    this.#scopes.push(new Set(names))
    work()
    this.#scopes.pop()
  }

  #children(node: AnyNode): void {
    this.#parents.push(node)
    for (const child of childrenOf(node)) this.#visit(child)
    this.#parents.pop()
  }

  #visit(node: AnyNode): void {
    switch (node.type) {
      case 'Identifier':
        this.#use(node)
        break
      case 'FunctionDeclaration':
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
        this.#inScope(namesOfFunction(node), () => this.#children(node))
        break
      case 'BlockStatement':
      case 'ForStatement':
      case 'ForInStatement':
      case 'ForOfStatement':
      case 'SwitchStatement':
        this.#inScope(blockNames(node), () => this.#children(node))
        break
      case 'CatchClause':
        this.#inScope(node.param == null ? [] : namesIn(node.param), () => this.#children(node))
        break
      case 'ClassExpression':
        this.#inScope(node.id == null ? [] : [node.id.name], () => this.#children(node))
        break
      case 'WithStatement':
        // Any name inside can be a member of the object.
        this.#visitIn(node, node.object)
        break
      case 'AssignmentExpression':
        if (node.left.type === 'MemberExpression' && node.left.object.type === 'ThisExpression') {
          const { property } = node.left
          if (property.type === 'Identifier') this.known.add(property.name)
        }
        this.#children(node)
        break
      default:
        this.#children(node)
    }
  }

  #visitIn(parent: AnyNode, node: AnyNode): void {
    this.#parents.push(parent)
    this.#visit(node)
    this.#parents.pop()
  }

  #use(node: Identifier): void {
    const parent = this.#parents.at(-1)
    if (parent === undefined || isLabelOrKey(node, parent)) return
    const { name } = node
    if (name === 'eval' || name === 'Function') this.isOpen = true
    if (name === 'arguments' || name === 'undefined') return
    if (this.#scopes.some((scope) => scope.has(name))) return
    const isSet =
      (parent.type === 'AssignmentExpression' && parent.left === node) ||
      ((parent.type === 'ForInStatement' || parent.type === 'ForOfStatement') && parent.left === node) ||
      isPattern(parent)
    const isAsked = parent.type === 'UnaryExpression' && parent.operator === 'typeof'
    if (isSet || isAsked) this.known.add(name)
    this.uses.push({ name, node, parents: [...this.#parents] })
  }
}

function isPattern({ type }: AnyNode): boolean {
  return type === 'ArrayPattern' || type === 'AssignmentPattern' || type === 'RestElement'
}

/** Names of members, keys and labels are not names of variables. */
function isLabelOrKey(node: Identifier, parent: AnyNode): boolean {
  switch (parent.type) {
    case 'MemberExpression':
      return parent.property === node && !parent.computed
    case 'Property':
      return parent.key === node && !parent.computed && !parent.shorthand
    case 'MethodDefinition':
    case 'PropertyDefinition':
      return parent.key === node && !parent.computed
    case 'LabeledStatement':
    case 'BreakStatement':
    case 'ContinueStatement':
    case 'MetaProperty':
      return true
    default:
      return false
  }
}

function namesOfFunction(node: AnyNode): string[] {
  if (!isFunction(node)) return []
  const own = node.id == null ? [] : [node.id.name]
  return [...own, ...node.params.flatMap(namesIn), ...declaredIn(node.body)]
}

/** `var` and functions anywhere in a function, besides in inner functions, and block names of its top. */
function declaredIn(node: AnyNode): string[] {
  return [...blockNames(node), ...childrenOf(node).flatMap(hoistedFrom)]
}

function hoistedFrom(node: AnyNode): string[] {
  switch (node.type) {
    case 'VariableDeclaration':
      return [
        ...(node.kind === 'var' ? node.declarations.flatMap(({ id }) => namesIn(id)) : []),
        ...childrenOf(node).flatMap(hoistedFrom),
      ]
    case 'FunctionDeclaration':
      return node.id == null ? [] : [node.id.name]
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return []
    default:
      return childrenOf(node).flatMap(hoistedFrom)
  }
}

/** `let`, `const` and classes of a block. */
function blockNames(node: AnyNode): string[] {
  return childrenOf(node).flatMap((child) => {
    if (child.type === 'VariableDeclaration') return child.declarations.flatMap(({ id }) => namesIn(id))
    if (child.type === 'ClassDeclaration' || child.type === 'FunctionDeclaration')
      return child.id == null ? [] : [child.id.name]
    return child.type === 'SwitchCase' ? blockNames(child) : []
  })
}
