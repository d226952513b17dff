import type { AnyNode, Node } from 'acorn'
import { parsed } from '../base/script-scopes.ts'
import { childrenOf } from '../base/syntax-tree.ts'
import { type Edit, edited } from './standard-script.ts'

/** A part of a source. Lines and columns start at 1. */
export type SourcePlace = { line: number; column: number; endLine: number; endColumn: number }

export type BranchKind = 'if' | 'conditional' | 'logical' | 'switch'

/** A statement, with the index of its counter. */
export type CountedStatement = SourcePlace & { counter: number }

/** A place where the script decides, with the counter of each way. */
export type CountedBranch = SourcePlace & { kind: BranchKind; counters: number[] }

export type Instrumented = {
  /** The source with counters, on the lines of the original. */
  source: string
  /** Length of the array that the code marks. */
  counters: number
  /** In the order of the source. */
  statements: CountedStatement[]
  branches: CountedBranch[]
}

/**
 * Adds counters for statements and branches to a script. A counter is an element of the array `name`, which must exist before the
 * script runs, and is set to 1. The code takes the same path as the original, but its completion value differs.
 * @throws SyntaxError for a script that the parser doesn't accept.
 */
export function instrument(source: string, name: string): Instrumented {
  return new Instrumentation(name).run(parsed(source), source)
}

class Instrumentation {
  readonly #name: string
  readonly #statements: CountedStatement[] = []
  readonly #branches: CountedBranch[] = []
  /** Of two at the same offset, the outer one first. */
  readonly #before: Edit[] = []
  /** Of two at the same offset, the inner one first. */
  readonly #after: Edit[] = []
  #counters = 0

  constructor(name: string) {
    this.#name = name
  }

  run(program: AnyNode, source: string): Instrumented {
    this.#visit(program)
    return {
      // At the same offset, the end of one node comes before the start of the next.
      source: edited(source, [...this.#after, ...this.#before]),
      counters: this.#counters,
      statements: this.#statements,
      branches: this.#branches,
    }
  }

  #visit(node: AnyNode): void {
    if (isCounted(node)) this.#before.push({ at: node.start, text: this.#mark(this.#statement(node)) })
    this.#inside(node)
  }

  /** Visits a node that has no place for a counter before it. */
  #inside(node: AnyNode): void {
    switch (node.type) {
      case 'IfStatement':
        this.#if(node)
        break
      case 'ConditionalExpression':
        this.#visit(node.test)
        this.#ways(node, 'conditional', [node.consequent, node.alternate])
        break
      case 'LogicalExpression':
        this.#ways(node, 'logical', operandsOf(node))
        break
      case 'SwitchStatement':
        this.#switch(node)
        break
      case 'LabeledStatement':
        this.#inside(node.body)
        break
      default:
        this.#children(node)
    }
  }

  #children(node: AnyNode): void {
    for (const child of inOrder(node)) {
      if (child === bodyOf(node)) this.#body(child)
      else if (node.type === 'ArrowFunctionExpression' && node.expression && child === node.body)
        this.#counted(child, this.#statement(child))
      // The declaration in the head of a loop.
      else if (node.type.startsWith('For') && child.type === 'VariableDeclaration') this.#inside(child)
      else this.#visit(child)
    }
  }

  /** Counts in the condition, because a way can lack code, or be a function declaration, which has no place for a counter. */
  #if({ test, consequent, alternate, ...node }: Extract<AnyNode, { type: 'IfStatement' }>): void {
    const [yes, no] = this.#branch(node, 'if', 2)
    this.#before.push({ at: test.start, text: '(' })
    this.#visit(test)
    const ways = `?(${this.#name}[${yes}]=1,true):(${this.#name}[${no}]=1,false)`
    this.#after.push({ at: test.end, text: `)${ways}` })
    this.#body(consequent)
    if (alternate) this.#body(alternate)
  }

  #switch(node: Extract<AnyNode, { type: 'SwitchStatement' }>): void {
    const counters = this.#branch(node, 'switch', node.cases.length)
    this.#visit(node.discriminant)
    for (const [at, each] of node.cases.entries()) {
      if (each.test) this.#visit(each.test)
      const text = this.#mark(counters[at])
      const [first] = each.consequent
      if (first === undefined) this.#after.push({ at: each.end, text })
      else this.#before.push({ at: first.start, text })
      for (const statement of each.consequent) this.#visit(statement)
    }
  }

  #ways(node: AnyNode, kind: BranchKind, ways: readonly AnyNode[]): void {
    const counters = this.#branch(node, kind, ways.length)
    for (const [at, way] of ways.entries()) this.#counted(way, counters[at])
  }

  /** An expression with a counter. */
  #counted(node: AnyNode, counter: number | undefined): void {
    this.#before.push({ at: node.start, text: `(${this.#name}[${counter}]=1,` })
    this.#visit(node)
    this.#after.push({ at: node.end, text: ')' })
  }

  /** The body of a loop or branch, in braces so that it has a place for a counter. */
  #body(node: AnyNode): void {
    const hasPlace = node.type === 'BlockStatement' || node.type === 'FunctionDeclaration'
    if (!hasPlace) this.#before.push({ at: node.start, text: '{' })
    this.#visit(node)
    if (!hasPlace) this.#after.push({ at: node.end, text: '}' })
  }

  #statement(node: AnyNode): number {
    const counter = this.#counters++
    this.#statements.push({ ...placeOf(node), counter })
    return counter
  }

  #branch(node: Node, kind: BranchKind, ways: number): number[] {
    const counters = Array.from({ length: ways }, () => this.#counters++)
    this.#branches.push({ ...placeOf(node), kind, counters })
    return counters
  }

  #mark(counter: number | undefined): string {
    return `${this.#name}[${counter}]=1;`
  }
}

/** Blocks, functions and declarations without values have no code of their own. */
function isCounted(node: AnyNode): boolean {
  switch (node.type) {
    case 'BlockStatement':
    case 'EmptyStatement':
      return false
    case 'ExpressionStatement':
      return node.directive === undefined
    case 'VariableDeclaration':
      return node.declarations.some(({ init }) => init)
    default:
      return node.type.endsWith('Statement') || node.type === 'ClassDeclaration'
  }
}

function bodyOf(node: AnyNode): AnyNode | undefined {
  const hasBody = /^(?:For|While|DoWhile|With)/.test(node.type) && 'body' in node
  return hasBody && !Array.isArray(node.body) ? node.body : undefined
}

/** The operands of a chain such as `a && b || c`. */
function operandsOf(node: AnyNode): AnyNode[] {
  return node.type === 'LogicalExpression' ? [...operandsOf(node.left), ...operandsOf(node.right)] : [node]
}

const inOrder = (node: AnyNode) => childrenOf(node).toSorted((one, other) => one.start - other.start)

function placeOf({ loc }: Node): SourcePlace {
  // The parser adds locations because its options ask for them.
  const { start, end } = loc ?? { start: { line: 1, column: 0 }, end: { line: 1, column: 0 } }
  return { line: start.line, column: start.column + 1, endLine: end.line, endColumn: end.column + 1 }
}
