import { expect, test } from 'vitest'
import { settingSchema } from '../../api/setting.ts'
import { newValueOf } from './new-value.ts'

test('a new item has the defaults of its settings, null included, and empty values where there are none', () => {
  const number = { anyOf: [{ type: 'number' }, { type: 'null' }] }
  const item = settingSchema.parse({
    properties: {
      name: { type: 'string' },
      type: { type: 'string', default: 'string' },
      minimum: { ...number, default: null },
      maximum: number,
      names: { type: 'array' },
    },
  })
  expect(newValueOf(item)).toEqual({ name: '', type: 'string', minimum: null, maximum: null, names: [] })
})
