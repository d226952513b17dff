import { membersOf } from '../linted-journey.ts'
import type { Rule } from '../rule.ts'

export const unknownNodeType: Rule = {
  id: 'unknown-node-type',
  severity: 'error',
  what: 'The type of a node is not supported.',
  why: 'A journey that reaches the node fails with a message that names the type.',
  remedy: 'Replace it with a node of another type, or with a script.',
  check(journey) {
    return membersOf(journey)
      .filter(({ type, nodeType }) => nodeType === undefined && !type.startsWith('designer-'))
      .map(({ id, name, type, version }) => ({
        nodeId: id,
        message: `'${name}' is of type ${type} ${version}, which is not supported.`,
      }))
  },
}
