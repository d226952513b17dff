import { expect, test } from 'vitest'
import type { Json } from '../../base/json.ts'
import { isPrivileged } from './privileged.ts'

const person = { userName: 'noor', isActive: true, roles: [], attributes: {} }

test('a role makes an account privileged', () => {
  expect(isPrivileged(person)).toBe(false)
  expect(isPrivileged({ ...person, roles: ['agent'] })).toBe(true)
})

test.each<[Json, boolean]>([
  ['privileged', true],
  [' Privileged ', true],
  ['ｐｒｉｖｉｌｅｇｅｄ', true],
  ['privi\u200bleged', true],
  ['privi\u034fleged\u2800', true],
  [['contractor', 'PRIVILEGED\t'], true],
  [{ type: 'privileged' }, true],
  ['employee', false],
  ['privileged person', false],
])('the employee type %j makes an account privileged: %s', (employeeType, expected) => {
  expect(isPrivileged({ ...person, attributes: { employeeType } })).toBe(expected)
  expect(isPrivileged({ ...person, attributes: { EmployeeType: employeeType } })).toBe(expected)
})
