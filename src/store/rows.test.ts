import { expect, test } from 'vitest'
import { z } from 'zod'
import { recordsOf } from './rows.ts'

const callers = recordsOf(
  'callers',
  'id',
  z.object({
    id: z.string(),
    attempts: z.number(),
    isVerified: z.boolean(),
    tags: z.array(z.string()),
    ticket: z.string().optional(),
    address: z.object({ city: z.string() }).optional(),
  }),
)

const caller = { id: 'a', attempts: 2, isVerified: true, tags: ['vip'] }
const row = { id: 'a', attempts: 2, isVerified: 1, tags: '["vip"]', ticket: null, address: null }

test('writes booleans as 0 and 1, lists and objects as JSON, and undefined as null', () => {
  expect(callers.columnsOf(caller)).toEqual(row)
  expect(callers.columnsOf({ ...caller, isVerified: false, address: { city: 'Bern' } })).toMatchObject({
    isVerified: 0,
    address: '{"city":"Bern"}',
  })
})

test('reads what it writes and ignores other columns', () => {
  expect(callers.parse({ ...row, claimedBy: 'server-1' })).toEqual(caller)
})

test.each([
  ['a boolean that is neither 0 nor 1', { isVerified: 2 }, 'isVerified'],
  ['text that is not JSON', { tags: 'vip' }, 'tags'],
  ['JSON of another shape', { address: '{"town":"Bern"}' }, 'address.city'],
  ['null in a required column', { attempts: null }, 'attempts'],
])('names table, key and column of %s', (_name, change, column) => {
  const read = () => callers.parse({ ...row, ...change })
  expect(read).toThrow('Table callers holds a row that cannot be read, id a')
  expect(read).toThrow(`at ${column}`)
})

test('refuses a schema from which no column follows', () => {
  const withDefault = z.object({ id: z.string(), version: z.string().default('1.0') })
  const unreadable = recordsOf('nodes', 'id', withDefault)
  expect(() => unreadable.parse({ id: 'a', version: '2.0' })).toThrow('pass a reader')
  const nodes = recordsOf('nodes', 'id', withDefault, { version: z.string() })
  expect(nodes.parse({ id: 'a', version: '2.0' })).toEqual({ id: 'a', version: '2.0' })
})
