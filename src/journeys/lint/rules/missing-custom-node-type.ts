import { missing } from '../missing-references.ts'
import type { Rule } from '../rule.ts'

export const missingCustomNodeType: Rule = {
  id: 'missing-custom-node-type',
  severity: 'error',
  what: 'A custom node type does not exist.',
  why: 'A journey that reaches a node of this type fails.',
  remedy: 'Import the custom node type.',
  check: missing('customNodeType', (id) => `is of custom node type ${id}`),
}
