import { describe, expect, it } from 'vitest'
import { emptyFields, readFields } from './trial-fields.ts'

describe('the input of a trial', () => {
  it('is parsed as JSON', () => {
    const read = readFields({
      ...emptyFields,
      shared: '{"a": 1}',
      answers: '[{"type": "NameCallback", "value": "x"}]',
    })

    expect(read).toMatchObject({
      kind: 'read',
      given: { state: { shared: { a: 1 }, transient: {} }, answers: [{ type: 'NameCallback', value: 'x' }] },
    })
  })

  it.each([
    ['shared', '[1]', 'must be a JSON object'],
    ['headers', 'nothing', 'must be a JSON object'],
    ['answers', '{}', 'must be a list of callbacks'],
    ['answers', '["x"]', 'must be a list of callbacks'],
  ] as const)('names %s when it is %s', (field, text, problem) => {
    expect(readFields({ ...emptyFields, [field]: text })).toEqual({ kind: 'wrong', field, problem })
  })
})
