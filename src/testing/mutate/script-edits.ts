import type { AnyNode } from 'acorn'
import { childrenOf } from '../../base/syntax-tree.ts'
import { parsedScript } from '../../scripts/names/script-names.ts'
import type { MutantKind } from './mutant.ts'

/** A change of a script: the text between two offsets becomes another. */
export type ScriptEdit = {
  kind: Extract<MutantKind, 'throws' | 'outcome' | 'condition' | 'statement' | 'scriptNumber'>
  start: number
  end: number
  text: string
  line: number
  /** What the line does then, without the values of its texts. */
  words: string
  number?: number
}

/** Edits of a script in the order of its text. @param outcomes those that the script can choose. */
export function editsOf(source: string, outcomes: readonly string[]): ScriptEdit[] {
  const first: ScriptEdit = {
    ...{ kind: 'throws', start: 0, end: 0, line: 1 },
    text: `throw new Error('changed'); `,
    words: 'throws an error',
  }
  const program = parsedScript(source)
  if (program === undefined) return [first]
  const inside = editsIn(program, { source, outcomes, isOutcome: false })
  return [first, ...inside.toSorted((one, other) => one.start - other.start)]
}

/** @returns undefined if the result would be no script. */
export function edited(source: string, { start, end, text }: ScriptEdit): string | undefined {
  const changed = source.slice(0, start) + text + source.slice(end)
  return parsedScript(changed) === undefined ? undefined : changed
}

type Around = {
  source: string
  outcomes: readonly string[]
  /** Whether a value here becomes the outcome. */
  isOutcome: boolean
}

function editsIn(node: AnyNode, around: Around): ScriptEdit[] {
  if (isLog(node)) return []
  const inner = childrenOf(node).flatMap((child) =>
    editsIn(child, { ...around, isOutcome: isOutcome(node, child, around) }),
  )
  return [...ownEdits(node, around), ...inner]
}

function ownEdits(node: AnyNode, { source, outcomes, isOutcome }: Around): ScriptEdit[] {
  const line = node.loc?.start.line ?? 1
  const edit = (
    kind: ScriptEdit['kind'],
    { start, end }: AnyNode,
    text: string,
    words: string,
  ): ScriptEdit => ({
    ...{ kind, start, end, text, line, words },
  })
  switch (node.type) {
    case 'IfStatement':
    case 'ConditionalExpression':
    case 'WhileStatement': {
      const { test } = node
      const text = source.slice(test.start, test.end)
      return [edit('condition', test, `!(${text})`, `tests the opposite of ${excerpt(text)}`)]
    }
    case 'ExpressionStatement': {
      if (node.directive !== undefined || isFunctionCall(node.expression)) return []
      return [edit('statement', node, ';', `lacks ${excerpt(source.slice(node.start, node.end))}`)]
    }
    case 'Literal': {
      if (isOutcome) return otherOutcomes(node.value, outcomes).map((to) => edit('outcome', node, ...to))
      if (typeof node.value !== 'number') return []
      const to = node.value * 2 + 1
      const words = `has ${to} instead of ${node.value}`
      return [{ ...edit('scriptNumber', node, String(to), words), number: node.value }]
    }
    default:
      return []
  }
}

/** The next outcome, in the spelling of the script, and in words. */
function otherOutcomes(value: unknown, outcomes: readonly string[]): [text: string, words: string][] {
  const place = outcomes.indexOf(String(value))
  const next = outcomes[(place + 1) % outcomes.length]
  if (place < 0 || next === undefined || next === value) return []
  const isBoolean = typeof value === 'boolean' && /^(true|false)$/.test(next)
  return [[isBoolean ? next : JSON.stringify(next), `chooses '${next}' instead of '${value}'`]]
}

function isOutcome(node: AnyNode, child: AnyNode, { isOutcome: isInside, source }: Around): boolean {
  switch (node.type) {
    case 'AssignmentExpression':
      return child === node.right && source.slice(node.left.start, node.left.end) === 'outcome'
    case 'CallExpression':
      return child === node.arguments[0] && /\bgoTo$/.test(source.slice(node.callee.start, node.callee.end))
    case 'ConditionalExpression':
      return isInside && child !== node.test
    case 'LogicalExpression':
      return isInside
    default:
      return false
  }
}

/** Logging decides nothing. */
function isLog(node: AnyNode): boolean {
  if (node.type === 'ExpressionStatement') return isLog(node.expression)
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return false
  const { object } = node.callee
  return object.type === 'Identifier' && /^(logger|console)$/.test(object.name)
}

/** The whole script in a function. */
function isFunctionCall(node: AnyNode): boolean {
  return node.type === 'CallExpression' && /Function/.test(node.callee.type)
}

const maxExcerpt = 60

/** Code without the values of its texts, which can be secrets. */
function excerpt(code: string): string {
  const plain = code.replaceAll(/(["'`])(?:\\.|(?!\1)[^\\])*\1/gs, '$1…$1').replaceAll(/\s+/g, ' ')
  return plain.length <= maxExcerpt ? plain : `${plain.slice(0, maxExcerpt - 1)}…`
}
