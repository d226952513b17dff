import { expect, test } from 'vitest'
import type { Json, JsonObject } from '../base/json.ts'
import { applyPatch, parsePatch } from './patch-operations.ts'

const object: JsonObject = {
  mail: 'a@b',
  loginCount: 2,
  aliasList: ['one', 'two'],
  preferences: { updates: true },
}

const cases: [does: string, operation: JsonObject, field: string, after: Json | undefined][] = [
  ['replaces', { operation: 'replace', field: '/mail', value: 'c@d' }, 'mail', 'c@d'],
  ['takes a field without a slash', { operation: 'replace', field: 'mail', value: 'c@d' }, 'mail', 'c@d'],
  ['replaces what is not there', { operation: 'replace', field: '/sn', value: 'x' }, 'sn', 'x'],
  ['replaces by nothing', { operation: 'replace', field: '/mail', value: null }, 'mail', undefined],
  ['adds', { operation: 'add', field: '/sn', value: 'x' }, 'sn', 'x'],
  ['removes', { operation: 'remove', field: '/mail' }, 'mail', undefined],
  ['removes what is not there', { operation: 'remove', field: '/sn' }, 'sn', undefined],
  ['removes a matching value', { operation: 'remove', field: '/mail', value: 'a@b' }, 'mail', undefined],
  ['keeps a value that is another', { operation: 'remove', field: '/mail', value: 'x' }, 'mail', 'a@b'],
  ['increments', { operation: 'increment', field: '/loginCount', value: 3 }, 'loginCount', 5],
  ['increments by one', { operation: 'increment', field: '/loginCount' }, 'loginCount', 3],
  ['increments from nothing', { operation: 'increment', field: '/other' }, 'other', 1],
  [
    'appends to a list',
    { operation: 'add', field: '/aliasList/-', value: 'x' },
    'aliasList',
    ['one', 'two', 'x'],
  ],
  ['makes a list', { operation: 'add', field: '/other/-', value: 'x' }, 'other', ['x']],
  ['inserts', { operation: 'add', field: '/aliasList/0', value: 'x' }, 'aliasList', ['x', 'one', 'two']],
  [
    'adds what a list lacks',
    { operation: 'add', field: '/aliasList', value: ['two', 'x'] },
    'aliasList',
    ['one', 'two', 'x'],
  ],
  [
    'replaces in a list',
    { operation: 'replace', field: '/aliasList/1', value: 'x' },
    'aliasList',
    ['one', 'x'],
  ],
  ['removes from a list by place', { operation: 'remove', field: '/aliasList/0' }, 'aliasList', ['two']],
  [
    'removes from a list by value',
    { operation: 'remove', field: '/aliasList', value: 'two' },
    'aliasList',
    ['one'],
  ],
  [
    'sets inside',
    { operation: 'replace', field: '/preferences/marketing', value: false },
    'preferences',
    { updates: true, marketing: false },
  ],
  ['removes inside', { operation: 'remove', field: '/preferences/updates' }, 'preferences', {}],
  ['makes the parent', { operation: 'add', field: '/other/inner', value: 1 }, 'other', { inner: 1 }],
]

test.each(cases)('a patch %s', (_does, operation, field, after) => {
  const changed = applyPatch(object, parsePatch([operation]))
  expect(changed[field]).toEqual(after)
  expect(Object.keys({ ...changed, [field]: 0 }).toSorted()).toEqual(
    Object.keys({ ...object, [field]: 0 }).toSorted(),
  )
})

test('applies each operation to the result of the previous ones', () => {
  const operations = [
    { operation: 'increment', field: '/loginCount' },
    { operation: 'increment', field: '/loginCount' },
  ]
  expect(applyPatch(object, parsePatch(operations))).toMatchObject({ loginCount: 4 })
})

test.each<[JsonObject, string]>([
  [{ operation: 'add', field: '/mail' }, 'The operation on /mail needs a value'],
  [{ operation: 'increment', field: '/mail' }, '/mail is not a number'],
  [{ operation: 'add', field: '/mail/x', value: 1 }, '/mail/x does not exist: its parent is not an object'],
  [{ operation: 'replace', field: '/aliasList/7', value: 'x' }, '/aliasList/7 does not exist in the list'],
  [{ operation: 'replace', field: '/aliasList/x', value: 'x' }, '/aliasList/x is a list'],
  [{ operation: 'replace', field: '/__proto__/x', value: 'x' }, '/__proto__/x cannot be changed'],
])('%j is refused', (operation, message) => {
  expect(() => applyPatch(object, parsePatch([operation]))).toThrow(message)
})

test.each<[Json, string]>([
  [{}, 'The patch is not valid at its start'],
  [[{ operation: 'destroy', field: '/mail' }], 'The patch is not valid at 0/operation'],
  [[{ operation: 'add', field: '' }], 'The patch is not valid at 0/field: must be a path such as /mail'],
])('%j is no patch', (body, message) => {
  expect(() => parsePatch(body)).toThrow(message)
})
