import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import {
  alex,
  type IdentitiesOnDisk,
  identitiesOnDisk,
  lockout,
  password,
} from '../../test/support/identities-on-disk.ts'
import type { IdentityPort } from '../nodes/ports/ports.ts'
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

test('implements the identity port of nodes', () => {
  expect(unit satisfies IdentityPort).toBe(unit)
})

test('shows changes in the step and saves them only with it', async () => {
  await unit.patch(id, { sn: 'Other', description: 'new', city: null })
  expect(await unit.find('alex')).toMatchObject({ sn: 'Other', description: 'new' })
  expect(await disk.identities.read('/alpha', id)).toMatchObject({ rev: 1, attributes: { sn: 'Caller' } })
  expect(await saveAll()).toEqual([true])
  expect(await disk.identities.read('/alpha', id)).toMatchObject({ rev: 2, attributes: { sn: 'Other' } })
})

test('merges several changes of one person', async () => {
  await unit.patch(id, { loginCount: 1 })
  await unit.patch(id, { 'preferences/marketing': true })
  expect(unit.changes()).toMatchObject([
    { id, rev: 1, to: { attributes: { loginCount: 1, preferences: { marketing: true } } } },
  ])
})

test('fails the save after a concurrent change', async () => {
  await unit.patch(id, { loginCount: 1 })
  await disk.identities.setPassword('/alpha', id, 'Other-Pass-2026')
  expect(await saveAll()).toEqual([false])
})

test('fails the save of a change that was computed from an older revision', async () => {
  const person = await unit.find('alex')
  await disk.identities.patch('/alpha', id, [{ operation: 'replace', field: 'loginCount', value: 1 }])
  await unit.patch(id, { loginCount: Number(person?.loginCount ?? 0) + 1 })
  await unit.patch(id, { description: 'more' })
  expect(await saveAll()).toEqual([false])
})

test('saves a change that was computed from the newest revision', async () => {
  await unit.find('alex')
  await disk.identities.patch('/alpha', id, [{ operation: 'replace', field: 'loginCount', value: 1 }])
  const [person] = await unit.findByAttribute('userName', 'alex')
  await unit.patch(id, { loginCount: Number(person?.loginCount) + 1 })
  expect(await saveAll()).toEqual([true])
  expect(await disk.identities.read('/alpha', id)).toMatchObject({ attributes: { loginCount: 2 } })
})

test('saves although a wrong password was counted meanwhile', async () => {
  await unit.checkPassword('alex', 'wrong')
  await unit.patch(id, { loginCount: 1 })
  await unit.checkPassword('alex', 'wrong')
  expect(await saveAll()).toEqual([true])
  expect((await disk.identities.read('/alpha', id)).failures.count).toBe(2)
})

test('knows of a right password that only its directory wants changed, until it is changed', async () => {
  const check = disk.identities.checkPassword.bind(disk.identities)
  vi.spyOn(disk.identities, 'checkPassword').mockImplementation(async (...given) => {
    const verdict = await check(...given)
    return verdict.kind === 'right' ? { ...verdict, mustChange: true } : verdict
  })
  await unit.checkPassword('alex', 'wrong')
  expect(await unit.withDuePassword('alex')).toBeUndefined()
  await unit.checkPassword('alex', password)
  expect(await unit.withDuePassword('alex')).toBe(id)
  await unit.patch(id, { password: 'Other-Pass-2026' })
  expect(await unit.withDuePassword('alex')).toBeUndefined()
})

test('accepts a new password immediately in the step, and stores its hash', async () => {
  const passwords = { old: password, fresh: 'Other-Pass-2026' }
  expect(await unit.changePassword(id, passwords)).toBe('changed')
  expect(JSON.stringify(unit.changes())).not.toMatch(/Other-Pass|secret/)
  expect(await unit.checkPassword(id, password)).toEqual({ kind: 'wrong' })
  expect(await unit.checkPassword(id, 'Other-Pass-2026')).toMatchObject({ kind: 'right' })
})

test('finds a person by the new username and not by the old one', async () => {
  await unit.patch(id, { userName: 'lex' })
  expect(await unit.find('LEX')).toMatchObject({ _id: id })
  expect(await unit.find('alex')).toBeUndefined()
  expect(await unit.find(id)).toMatchObject({ userName: 'lex' })
})

test('includes staged changes in searches', async () => {
  const sam = await unit.create({ ...alex, userName: 'sam', mail: 'sam@example.com' })
  await unit.patch(id, { mail: 'new@example.com' })
  expect(await unit.findByAttribute('mail', alex.mail)).toEqual([])
  expect(await unit.findByAttribute('mail', 'NEW@example.com')).toMatchObject([{ _id: id }])
  await unit.patch(sam._id, { mail: 'new@example.com' })
  expect(await unit.findByAttribute('mail', 'new@example.com')).toHaveLength(2)
})

test('locks a person immediately in the step, and clears failures on activation', async () => {
  for (let count = 0; count < lockout.maxFailures; count++) await unit.checkPassword('alex', 'wrong')
  await unit.setActive(id, false)
  expect(await unit.checkPassword('alex', password)).toEqual({ kind: 'locked' })
  await unit.setActive(id, true)
  expect(await unit.checkPassword('alex', password)).toMatchObject({ kind: 'right' })
})

test('checks policies against the existing person', async () => {
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

test('does not stage values that violate policies', async () => {
  await expect(unit.patch(id, { mail: 'x' })).rejects.toMatchObject({ status: 403 })
  await expect(unit.patch('nobody', { mail: 'a@b' })).rejects.toMatchObject({ status: 404 })
  expect(unit.changes()).toEqual([])
})

test('drops staged changes of a deleted person', async () => {
  await unit.patch(id, { sn: 'Other' })
  await unit.remove(id)
  expect(await unit.find('alex')).toBeUndefined()
  expect(unit.changes()).toEqual([])
})

test('does not find people of other realms', async () => {
  const root = new IdentityUnit(disk.identities, '/', lockout)
  expect(await root.find(id)).toBeUndefined()
  expect(await root.checkPassword(id, password)).toEqual({ kind: 'unknown' })
  await expect(root.patch(id, { sn: 'x' })).rejects.toMatchObject({ status: 404 })
})

describe('a new person', () => {
  const kim = {
    userName: 'kim',
    givenName: 'Kim',
    sn: 'New',
    mail: 'kim@example.com',
    password: 'Kim-Pass-2026',
  }

  test('is found in the step and saved with it', async () => {
    const created = await unit.createWithStep(kim)
    expect(await unit.find('KIM')).toMatchObject({ _id: created._id, userName: 'kim' })
    expect(await disk.identities.find('/alpha', 'kim')).toBeUndefined()
    expect(await saveAll()).toEqual([true])
    expect(await disk.identities.find('/alpha', 'kim')).toMatchObject({ id: created._id, rev: 1 })
    expect(JSON.stringify(unit.changes())).not.toContain('Kim-Pass')
  })

  test('signs in with their password in the same step, if active', async () => {
    const { _id } = await unit.createWithStep(kim)
    expect(await unit.checkPassword('kim', 'Kim-Pass-2026')).toMatchObject({ kind: 'right', person: { _id } })
    expect(await unit.checkPassword('kim', 'Kim-Pass-2025')).toMatchObject({ kind: 'unknown' })
    await unit.setActive(_id, false)
    expect(await unit.checkPassword('kim', 'Kim-Pass-2026')).toMatchObject({ kind: 'unknown' })
  })

  test('can be changed and activated before the save', async () => {
    const { _id } = await unit.createWithStep(kim)
    await unit.patch(_id, { loginCount: 1 })
    await unit.setActive(_id, true)
    expect(await saveAll()).toEqual([true])
    expect((await disk.identities.read('/alpha', _id)).attributes).toMatchObject({ loginCount: 1 })
  })

  test.each([
    ['a name that is taken', { ...kim, userName: 'Alex' }, 'Policy validation failed: userName UNIQUE'],
    ['no mail', { ...kim, mail: null }, 'Policy validation failed: mail REQUIRED'],
  ])('with %s is refused', async (_case, object, message) => {
    await expect(unit.createWithStep(object)).rejects.toMatchObject({ name: 'RequestError', message })
    expect(unit.changes()).toEqual([])
  })

  test('may be a thing, of which only existing values are checked', async () => {
    const { _id } = await unit.createWithStep({ userName: 'lamp', thingType: 'device' }, 'thing')
    expect(await unit.find('lamp')).toMatchObject({ _id, thingType: 'device' })
    for (const wrong of [{ userName: 'Alex' }, { userName: 'a/b' }, { userName: 'clock', mail: 'x' }]) {
      await expect(unit.createWithStep(wrong, 'thing')).rejects.toMatchObject({ name: 'RequestError' })
    }
    expect(await saveAll()).toEqual([true])
  })

  test('fails the save if the username was taken meanwhile', async () => {
    await unit.createWithStep(kim)
    await expect(unit.createWithStep(kim)).rejects.toThrow('userName UNIQUE')
    await disk.identities.create('/alpha', kim)
    expect(await saveAll()).toEqual([false])
  })
})

test('reports whether an attribute has a value, including the password', async () => {
  expect(await unit.hasAttribute(id, 'password')).toBe(true)
  expect(await unit.hasAttribute(id, 'mail')).toBe(true)
  expect(await unit.hasAttribute(id, 'kbaInfo')).toBe(false)
  expect(await unit.hasAttribute('nobody', 'mail')).toBe(false)
})

test('treats an empty list as no value', async () => {
  await unit.patch(id, { aliasList: [] })
  expect(await unit.hasAttribute(id, 'aliasList')).toBe(false)
})

test('reports inactive and locked-out people as locked', async () => {
  expect(await unit.isLocked(id)).toBe(false)
  for (let guess = 0; guess < 3; guess++) await unit.checkPassword('alex', 'wrong')
  expect(await unit.isLocked(id)).toBe(true)
  disk.clock.now += lockout.lockSeconds * 1000
  expect(await unit.isLocked(id)).toBe(false)
  await unit.setActive(id, false)
  expect(await unit.isLocked(id)).toBe(true)
})

test('does not find a person when only agents are expected', async () => {
  expect(await unit.checkPassword('alex', password, 'agent')).toEqual({ kind: 'unknown' })
  expect(await unit.checkPassword('alex', password, 'user')).toMatchObject({ kind: 'right' })
})

test('rejects an invalid filter', async () => {
  const person = await unit.find('alex')
  expect(unit.matches(person ?? {}, 'userName eq "ALEX"')).toBe(true)
  expect(() => unit.matches({}, 'userName is alex')).toThrow('The query filter is not valid')
})

test('stores hashes of security answers, and ignores case and spaces when comparing', async () => {
  await unit.patch(id, { kbaInfo: [{ questionId: '1', answer: 'Deep  Blue' }, 'other'] })
  const person = await unit.find('alex')
  const [kept] = (person?.kbaInfo ?? []) as [{ questionId: string; answer: never }]
  expect(JSON.stringify(kept)).not.toMatch(/blue/i)
  await unit.patch(id, { loginCount: 1 })
  expect((await unit.find('alex'))?.kbaInfo).toEqual([kept, 'other'])
  expect(await unit.checkAnswer(kept.answer, ' deep blue ')).toBe(true)
  expect(await unit.checkAnswer(kept.answer, 'green')).toBe(false)
  expect(await unit.checkAnswer('deep blue', 'deep blue')).toBe(false)
})

test('keeps the creation time through later changes', async () => {
  const createdAt = disk.clock.now
  expect(await unit.createdAt(id)).toBe(createdAt)
  expect(await unit.createdAt('nobody')).toBeUndefined()
  disk.clock.now += 1000
  await unit.patch(id, { sn: 'Later' })
  expect(await unit.createdAt(id)).toBe(createdAt)
  const made = await unit.createWithStep({ ...alex, userName: 'robin', mail: 'robin@example.com' })
  expect(await unit.createdAt(made._id)).toBe(createdAt + 1000)
})
