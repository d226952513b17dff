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

describe('what cannot be saved', () => {
  it.each([
    ['nothing', {}, []],
    ['a number out of bounds', { minutes: 121 }, [['minutes', 'Between 1 and 120']]],
    ['a number without an end', { count: -1 }, [['count', '0 or more']]],
    ['a number that is not there', { minutes: undefined }, [['minutes', 'A number is needed']]],
    ['a name that is empty', { journey: '' }, [['journey', 'This is needed']]],
    ['something in a group', { lockout: { seconds: 0 } }, [['lockout.seconds', expect.any(String)]]],
    [
      'something in a group that may be missing',
      { terms: { version: '' } },
      [['terms.version', 'This is needed']],
    ],
    ['something in a list', { checks: [{ journey: 'A' }, {}] }, [['checks.1.journey', 'This is needed']]],
  ])('is %s', (_what, change, expected) => {
    expect([...problemsOf(schema, { ...right, ...change } as Json)]).toEqual(expected)
  })
})
