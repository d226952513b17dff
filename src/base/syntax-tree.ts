import type { AnyNode } from 'acorn'

export type FunctionNode = Extract<
  AnyNode,
  { type: 'FunctionDeclaration' | 'FunctionExpression' | 'ArrowFunctionExpression' }
>

export function isFunction(node: AnyNode): node is FunctionNode {
  return /^(?:Function|ArrowFunction)/.test(node.type)
}

/** The name of a member: `b` of `a.b` and `a['b']`. */
export function nameOf(node: AnyNode): string | undefined {
  if (node.type !== 'MemberExpression') return undefined
  const { property, computed } = node
  if (property.type === 'Identifier' && !computed) return property.name
  return property.type === 'Literal' && typeof property.value === 'string' ? property.value : undefined
}

/** Names that a pattern declares or sets. */
export function namesIn(node: AnyNode): string[] {
  if (node.type === 'Identifier') return [node.name]
  if (node.type === 'Property') return namesIn(node.value)
  if (node.type === 'AssignmentPattern') return namesIn(node.left)
  return /Pattern$|^RestElement/.test(node.type) ? childrenOf(node).flatMap(namesIn) : []
}

export function childrenOf(node: AnyNode): AnyNode[] {
  return Object.values(node).flat().filter(isNode)
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value
}
