import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'

/** A condition of a statement that is left out: the text from `from` to `to` is replaced. */
export type Mutant = {
  /** For example `transaction-statements.ts change 2`: the file, the function or query, and its number there. */
  name: string
  file: string
  condition: string
  from: number
  to: number
  by: string
}

const root = join(import.meta.dirname, '..', '..')

/** The files whose statements decide what may happen to a check. */
const files = [
  'transaction-statements',
  'transactions-about',
  'verifications',
  'approvals',
  'short-codes',
  'step-statements',
].map((name) => `src/store/${name}.ts`)

/** Functions of `plain-statements.ts` whose second argument lists the columns that must have the given values. */
const plain: ReadonlySet<string> = new Set(['rowsWith', 'updateWith', 'deleteWith', 'replaceRead'])

/** Every `where` of these files, and every member of `and([…])` and of the columns of plain statements, found in the syntax tree. */
export function mutants(): Mutant[] {
  return files.flatMap((file) => {
    const text = readFileSync(join(root, file), 'utf8')
    const source = ts.createSourceFile(file, text, ts.ScriptTarget.ESNext, true)
    const found: Mutant[] = []
    const counts = new Map<string, number>()
    const add = (node: ts.Node, condition: string, from: number, to: number, by: string) => {
      const place = placeOf(node)
      const number = (counts.get(place) ?? 0) + 1
      counts.set(place, number)
      const name = `${file.slice('src/store/'.length)} ${place} ${number}`
      found.push({ name, file, condition: condition.replaceAll(/\s+/g, ' '), from, to, by })
    }
    const addMembers = (list: ts.Expression | undefined) => {
      if (list === undefined || !ts.isArrayLiteralExpression(list)) return
      const members = [...list.elements]
      for (const left of members) {
        const others = members.filter((member) => member !== left).map((member) => member.getText())
        add(left, left.getText(), list.getStart(), list.getEnd(), `[${others.join(', ')}]`)
      }
    }
    const visit = (node: ts.Node) => {
      ts.forEachChild(node, visit)
      if (!ts.isCallExpression(node)) return
      if (plain.has(node.expression.getText())) addMembers(node.arguments[1])
      if (!ts.isPropertyAccessExpression(node.expression)) return
      const { expression, name } = node.expression
      if (name.text === 'where' || name.text === 'whereRef') {
        const args = node.arguments.map((argument) => argument.getText()).join(', ')
        add(node, `${name.text}(${args})`, expression.getEnd(), node.getEnd(), '')
      }
      if (name.text === 'and') addMembers(node.arguments[0])
    }
    visit(source)
    return found
  })
}

/** The name of the function or query that contains a node. */
function placeOf(node: ts.Node): string {
  for (let each = node; !ts.isSourceFile(each); each = each.parent) {
    const isTop = ts.isSourceFile(each.parent) || ts.isSourceFile(each.parent?.parent?.parent ?? each)
    if (!isTop) continue
    if (ts.isFunctionDeclaration(each)) return each.name?.text ?? ''
    if (ts.isVariableDeclaration(each)) return each.name.getText()
  }
  return ''
}
