import { expect, test } from 'vitest'
import { customNodeTypeSchema } from '../../nodes/custom-node-type.ts'
import { nodeTypeList } from './node-type-list.ts'

function listed(displayName: string) {
  const type = customNodeTypeSchema.parse({
    serviceName: 'e4a9',
    displayName,
    outcomes: ['Success'],
    script: 'outcome = "Success"',
  })
  const { result } = nodeTypeList({ nodes: [], customNodeTypes: [type] })
  return Array.isArray(result) ? result.at(-1) : undefined
}

test('describes custom types again only if their content changed', () => {
  const first = listed('Greet')
  expect(first).toMatchObject({ type: 'designer-e4a9', title: 'Greet' })
  expect(listed('Greet')).toBe(first)
  expect(listed('Say hello')).toMatchObject({ title: 'Say hello' })
})
