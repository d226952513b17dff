import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  alex,
  type IdentitiesOnDisk,
  identitiesOnDisk,
  lockout,
  password,
} from '../../test/identities-on-disk.ts'
import type { IdentityPort } from '../nodes/ports.ts'
import { IdentityUnit } from './identity-unit.ts'

let disk: IdentitiesOnDisk
let unit: IdentityUnit
let id: string
beforeEach(async () => {
  disk = await identitiesOnDisk()
  id = (await disk.identities.create('/alpha', alex)).id
  unit = new IdentityUnit(disk.identities, '/alpha', lockout)
})
afterEach(() => disk.close())

const saveAll = async () => Promise.all(unit.changes().map((change) => disk.store.save(change)))

test('a unit is what nodes ask of identities', () => {
  expect(unit satisfies IdentityPort).toBe(unit)
})

test('changes are seen in the step and saved by nobody else', async () => {
  await unit.patch(id, { sn: 'Other', description: 'new', city: null })
  expect(await unit.find('alex')).toMatchObject({ sn: 'Other', description: 'new' })
  expect(await disk.identities.read('/alpha', id)).toMatchObject({ rev: 1, attributes: { sn: 'Caller' } })
  expect(await saveAll()).toEqual([true])
  expect(await disk.identities.read('/alpha', id)).toMatchObject({ rev: 2, attributes: { sn: 'Other' } })
})

test('several changes of one person are one', async () => {
  await unit.patch(id, { loginCount: 1 })
  await unit.patch(id, { 'preferences/marketing': true })
  expect(unit.changes()).toMatchObject([
    { id, rev: 1, to: { attributes: { loginCount: 1, preferences: { marketing: true } } } },
  ])
})

test('a change by somebody else makes the step lose', async () => {
  await unit.patch(id, { loginCount: 1 })
  await disk.identities.setPassword('/alpha', id, 'Other-Pass-2026')
  expect(await saveAll()).toEqual([false])
})

test('a wrong password in between does not', async () => {
  await unit.checkPassword('alex', 'wrong')
  await unit.patch(id, { loginCount: 1 })
  await unit.checkPassword('alex', 'wrong')
  expect(await saveAll()).toEqual([true])
  expect((await disk.identities.read('/alpha', id)).failures.count).toBe(2)
})

test('a new password counts at once in the step, and is kept as a hash', async () => {
  await unit.setPassword(id, 'Other-Pass-2026')
  expect(JSON.stringify(unit.changes())).not.toContain('Other-Pass')
  expect(await unit.checkPassword(id, password)).toEqual({ kind: 'wrong' })
  expect(await unit.checkPassword(id, 'Other-Pass-2026')).toMatchObject({ kind: 'right' })
})

test('a new user name takes the place of the old one', async () => {
  await unit.patch(id, { userName: 'lex' })
  expect(await unit.find('LEX')).toMatchObject({ _id: id })
  expect(await unit.find('alex')).toBeUndefined()
  expect(await unit.find(id)).toMatchObject({ userName: 'lex' })
})

test('searches see what was staged', async () => {
  const sam = await unit.create({ ...alex, userName: 'sam', mail: 'sam@example.com' })
  await unit.patch(id, { mail: 'new@example.com' })
  expect(await unit.findByAttribute('mail', alex.mail)).toEqual([])
  expect(await unit.findByAttribute('mail', 'NEW@example.com')).toMatchObject([{ _id: id }])
  await unit.patch(sam._id, { mail: 'new@example.com' })
  expect(await unit.findByAttribute('mail', 'new@example.com')).toHaveLength(2)
})

test('somebody locked stays out in the step that locks them; activation also forgets failures', async () => {
  for (let count = 0; count < lockout.maxFailures; count++) await unit.checkPassword('alex', 'wrong')
  await unit.setActive(id, false)
  expect(await unit.checkPassword('alex', password)).toEqual({ kind: 'locked' })
  await unit.setActive(id, true)
  expect(await unit.checkPassword('alex', password)).toMatchObject({ kind: 'right' })
})

test('policies are checked against the person they are about', async () => {
  expect(await unit.checkPolicies({ userName: 'alex', password: 'short' })).toEqual({
    userName: [{ policyRequirement: 'UNIQUE' }],
    password: [{ policyRequirement: 'MIN_LENGTH', params: { minLength: 8 } }],
  })
  expect(await unit.checkPolicies({ userName: 'alex', password: 'Other-Pass-2026' }, id)).toEqual({})
  expect(await unit.checkPolicies({ password: 'my-alex-2026' }, id)).toMatchObject({
    password: [{ policyRequirement: 'CANNOT_CONTAIN_OTHERS' }],
  })
  expect(await unit.checkPolicies({ 'preferences/marketing': 'yes' })).toMatchObject({
    'preferences/marketing': [{ policyRequirement: 'VALID_TYPE' }],
  })
})

test('what policies do not allow is not staged', async () => {
  await expect(unit.patch(id, { mail: 'x' })).rejects.toMatchObject({ status: 403 })
  await expect(unit.patch('nobody', { mail: 'a@b' })).rejects.toMatchObject({ status: 404 })
  expect(unit.changes()).toEqual([])
})

test('a deleted person is gone with all that was staged', async () => {
  await unit.patch(id, { sn: 'Other' })
  await unit.remove(id)
  expect(await unit.find('alex')).toBeUndefined()
  expect(unit.changes()).toEqual([])
})

test('people of other realms do not exist', async () => {
  const root = new IdentityUnit(disk.identities, '/', lockout)
  expect(await root.find(id)).toBeUndefined()
  expect(await root.checkPassword(id, password)).toEqual({ kind: 'unknown' })
  await expect(root.patch(id, { sn: 'x' })).rejects.toMatchObject({ status: 404 })
})
