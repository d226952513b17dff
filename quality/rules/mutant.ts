import type ts from 'typescript'

/** A change of the text of a file. */
export type Mutant = { operator: string; start: number; end: number; text: string }

export function replaced(operator: string, node: ts.Node, text: string): Mutant {
  return { operator, start: node.getStart(), end: node.getEnd(), text }
}

/** Leaves out an element, an argument or a property, with its comma. */
export function without(node: ts.Node): Mutant {
  const text = node.getSourceFile().text
  const after = /^\s*,/.exec(text.slice(node.getEnd()))?.[0].length ?? 0
  return { operator: 'drop a member', start: node.getStart(), end: node.getEnd() + after, text: '' }
}
