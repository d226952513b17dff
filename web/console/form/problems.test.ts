import { describe, expect, it } from 'vitest'
import type { Json } from '../../api/json.ts'
import { type Setting, settingSchema } from '../../api/setting.ts'
import { problemsOf } from './problems.ts'

const schema: Setting = settingSchema.parse({
  type: 'object',
  properties: {
    minutes: { type: 'integer', minimum: 1, maximum: 120 },
    count: { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER },
    tries: { anyOf: [{ type: 'integer', minimum: 0 }, { type: 'null' }] },
    journey: { type: 'string', minLength: 1 },
    note: { type: 'string' },
    lockout: { type: 'object', properties: { seconds: { type: 'integer', minimum: 1 } } },
    terms: {
      anyOf: [
        { type: 'object', properties: { version: { type: 'string', minLength: 1 } } },
        { type: 'null' },
      ],
    },
    checks: {
      type: 'array',
      items: { type: 'object', properties: { journey: { type: 'string', minLength: 1 } } },
    },
  },
})

const right: Json = {
  minutes: 5,
  count: 0,
  tries: null,
  journey: 'Login',
  note: '',
  lockout: { seconds: 1 },
  terms: null,
  checks: [{ journey: 'A' }],
}

describe('problemsOf', () => {
  it.each([
    ['no problem in a valid document', {}, []],
    ['a number out of range', { minutes: 121 }, [['minutes', 'Between 1 and 120']]],
    ['a number below a minimum without a maximum', { count: -1 }, [['count', '0 or more']]],
    ['a missing number', { minutes: undefined }, [['minutes', 'Enter a number']]],
    ['an empty name', { journey: '' }, [['journey', 'This field is required']]],
    ['a problem in a group', { lockout: { seconds: 0 } }, [['lockout.seconds', expect.any(String)]]],
    [
      'a problem in an optional group',
      { terms: { version: '' } },
      [['terms.version', 'This field is required']],
    ],
    [
      'a problem in a list',
      { checks: [{ journey: 'A' }, {}] },
      [['checks.1.journey', 'This field is required']],
    ],
  ])('reports %s', (_case, change, expected) => {
    expect([...problemsOf(schema, { ...right, ...change } as Json)]).toEqual(expected)
  })
})
