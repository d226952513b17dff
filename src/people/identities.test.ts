import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  alex,
  type IdentitiesOnDisk,
  identitiesOnDisk,
  lockout,
  password,
} from '../../test/support/identities-on-disk.ts'
import { parseQueryFilter } from '../crest/query-filter.ts'
import type { Identities } from './identities.ts'
import { personOf } from './managed-object.ts'

let disk: IdentitiesOnDisk
let identities: Identities
beforeEach(async () => {
  disk = await identitiesOnDisk()
  identities = disk.identities
})
afterEach(() => disk.close())

const replace = (field: string, value: string) => [{ operation: 'replace', field, value }] as const

describe('create', () => {
  test('creates an active person with a common name from given name and surname', async () => {
    const made = await identities.create('/alpha', alex)
    const { password: _password, ...attributes } = alex
    expect(personOf(made)).toEqual({
      ...attributes,
      _id: made.id,
      _rev: '1',
      accountStatus: 'active',
      cn: 'Alex Caller',
    })
    expect(await identities.read('/alpha', made.id)).toEqual(made)
  })

  test('never shows the password or its hash', async () => {
    const made = await identities.create('/alpha', alex)
    expect(made.passwordHash).toContain('$argon2id$')
    expect(JSON.stringify(personOf(made))).not.toMatch(/argon2|Alex-Pass/)
  })

  test('accepts a given id', async () => {
    expect((await identities.create('/alpha', { ...alex, _id: 'a-1' })).id).toBe('a-1')
    await expect(
      identities.create('/alpha', { ...alex, userName: 'alex2', _id: 'a-1' }),
    ).rejects.toMatchObject({
      status: 412,
    })
    await expect(identities.create('/alpha', { ...alex, _id: '../x' })).rejects.toMatchObject({ status: 400 })
  })

  test('names every field that violates a policy, without its value', async () => {
    const wrong = {
      userName: 'alex',
      sn: 'Caller',
      mail: 'nowhere',
      password: 'alex-1',
      preferences: { updates: 'maybe' },
    }
    const failure = await identities.create('/alpha', wrong).catch((error) => error)
    expect(failure).toMatchObject({
      status: 403,
      message:
        'Policy validation failed: givenName REQUIRED; mail VALID_EMAIL_ADDRESS_FORMAT; password MIN_LENGTH, CANNOT_CONTAIN_OTHERS; preferences/updates VALID_TYPE',
    })
    expect(failure.detail.failedPolicyRequirements).toContainEqual({
      property: 'givenName',
      policyRequirements: [{ policyRequirement: 'REQUIRED' }],
    })
    expect(JSON.stringify(failure.detail)).not.toMatch(/nowhere|alex-1|maybe/)
  })

  test('rejects a taken username in any case, but allows it in another realm', async () => {
    await identities.create('/alpha', alex)
    await expect(identities.create('/alpha', { ...alex, userName: 'ALEX' })).rejects.toMatchObject({
      status: 409,
    })
    await expect(identities.create('/', alex)).resolves.toMatchObject({ userName: 'alex' })
  })

  test('rejects usernames and ids that collide, because lookups accept both', async () => {
    const { id } = await identities.create('/alpha', alex)
    await expect(identities.create('/alpha', { ...alex, userName: id })).rejects.toMatchObject({
      status: 409,
    })
    const other = { ...alex, userName: 'other', _id: 'alex' }
    await expect(identities.create('/alpha', other)).rejects.toMatchObject({ status: 412 })
    expect(await identities.find('/alpha', id)).toMatchObject({ userName: 'alex' })
  })

  test('creates only one of two concurrent people with the same username', async () => {
    const made = await Promise.allSettled([
      identities.create('/alpha', alex),
      identities.create('/alpha', alex),
    ])
    expect(made.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  })

  test('rejects attributes that are too large', async () => {
    const large = { ...alex, profileImage: 'x'.repeat(300_000) }
    await expect(identities.create('/alpha', large)).rejects.toMatchObject({ status: 413 })
  })

  test('skips policies for an administrator', async () => {
    const administrator = await identities.createAdministrator('amadmin', 'admin')
    expect(administrator).toMatchObject({ id: 'amadmin', realm: '/', roles: ['admin'] })
    await identities.setPassword('/', 'amadmin', 'other')
    const existing = await identities.find('/', 'amadmin')
    expect(await identities.checkPassword(existing, 'other', lockout)).toMatchObject({ kind: 'right' })
  })
})

describe('patch and replace', () => {
  test('keeps untouched values and the password, and increments the revision', async () => {
    const { id } = await identities.create('/alpha', alex)
    const changed = await identities.patch('/alpha', id, replace('/sn', 'Other'))
    expect(personOf(changed)).toMatchObject({ _rev: '2', sn: 'Other', cn: 'Alex Other', mail: alex.mail })
    expect(await identities.checkPassword(changed, password, lockout)).toMatchObject({ kind: 'right' })
  })

  test('records when the email address last changed, but not when the same value was written', async () => {
    const { id, mailChangedAt } = await identities.create('/alpha', alex)
    expect(mailChangedAt).toBeUndefined()
    const same = await identities.patch('/alpha', id, replace('/mail', alex.mail.toUpperCase()))
    expect(same.mailChangedAt).toBeUndefined()
    const changed = await identities.patch('/alpha', id, replace('/mail', 'other@example.com'))
    expect(changed.mailChangedAt).toEqual(expect.any(Number))
    const later = await identities.patch('/alpha', id, replace('/sn', 'Other'))
    expect(later.mailChangedAt).toBe(changed.mailChangedAt)
    expect((await identities.find('/alpha', id))?.mailChangedAt).toBe(changed.mailChangedAt)
  })

  test('records when a person last changed', async () => {
    const { id, updatedAt } = await identities.create('/alpha', alex)
    expect(updatedAt).toBeUndefined()
    await identities.setPassword('/alpha', id, 'Other-Pass-2026')
    expect((await identities.find('/alpha', id))?.updatedAt).toBeUndefined()
    await identities.patch('/alpha', id, replace('/sn', 'Other'))
    expect((await identities.find('/alpha', id))?.updatedAt).toEqual(expect.any(Number))
  })

  test('checks the policies of changed attributes', async () => {
    const { id } = await identities.create('/alpha', alex)
    await expect(identities.patch('/alpha', id, replace('/mail', 'x'))).rejects.toMatchObject({
      status: 403,
      message: 'Policy validation failed: mail VALID_EMAIL_ADDRESS_FORMAT',
    })
    await expect(identities.patch('/alpha', id, [{ operation: 'remove', field: '/sn' }])).rejects.toThrow(
      'sn REQUIRED',
    )
    await expect(identities.patch('/alpha', id, replace('/_id', 'x'))).rejects.toThrow(
      '_id cannot be changed',
    )
  })

  test('rejects a taken username', async () => {
    const { id } = await identities.create('/alpha', alex)
    await identities.create('/alpha', { ...alex, userName: 'sam' })
    await expect(identities.patch('/alpha', id, replace('/userName', 'SAM'))).rejects.toMatchObject({
      status: 409,
    })
    await identities.patch('/alpha', id, replace('/userName', 'Alex'))
    expect(await identities.find('/alpha', 'alex')).toMatchObject({ id, userName: 'Alex' })
  })

  test('rejects an outdated revision', async () => {
    const { id } = await identities.create('/alpha', alex)
    await identities.patch('/alpha', id, replace('/sn', 'Other'), { rev: '1' })
    const stale = identities.patch('/alpha', id, replace('/sn', 'Stale'), { rev: '1' })
    await expect(stale).rejects.toMatchObject({ status: 412 })
    await expect(identities.remove('/alpha', id, '1')).rejects.toMatchObject({ status: 412 })
  })

  test('keeps both of two concurrent changes', async () => {
    const { id } = await identities.create('/alpha', alex)
    const count = [{ operation: 'increment', field: '/loginCount' }] as const
    await Promise.all([1, 2, 3].map(() => identities.patch('/alpha', id, count)))
    expect((await identities.read('/alpha', id)).attributes.loginCount).toBe(3)
  })

  test('replaces everything except the password', async () => {
    const { id } = await identities.create('/alpha', { ...alex, description: 'old' })
    const { password: _password, ...object } = alex
    const replaced = await identities.replace('/alpha', id, { ...object, sn: 'New' })
    expect(replaced.attributes).toMatchObject({ sn: 'New' })
    expect(replaced.attributes.description).toBeUndefined()
    expect(await identities.checkPassword(replaced, password, lockout)).toMatchObject({ kind: 'right' })
  })

  test('accepts no password after it was removed', async () => {
    const { id } = await identities.create('/alpha', alex)
    const changed = await identities.patch('/alpha', id, [{ operation: 'remove', field: '/password' }])
    expect(await identities.checkPassword(changed, password, lockout)).toEqual({ kind: 'wrong' })
  })

  test('removes a person', async () => {
    const { id } = await identities.create('/alpha', alex)
    await identities.remove('/alpha', id)
    expect(await identities.find('/alpha', 'alex')).toBeUndefined()
    await expect(identities.read('/alpha', id)).rejects.toMatchObject({ status: 404 })
  })
})

describe('search', () => {
  const names = async (filter: string, limit = 10, after = '') => {
    const found = await identities.search('/alpha', { filter: parseQueryFilter(filter), limit, after })
    return { names: found.identities.map(({ userName }) => userName), next: found.next }
  }

  beforeEach(async () => {
    for (const [place, userName] of ['ann', 'bob', 'cho', 'dan'].entries()) {
      const mail = place < 2 ? 'shared@example.com' : `${userName}@example.com`
      await identities.create('/alpha', { ...alex, userName, mail, _id: `id-${place}`, city: 'Oslo' })
    }
  })

  test.each([
    ['userName eq "BOB"', ['bob']],
    ['_id eq "id-2"', ['cho']],
    ['mail eq "shared@example.com"', ['ann', 'bob']],
    ['/mail eq "shared@example.com" and userName sw "b"', ['bob']],
    ['city eq "Oslo" and !(userName eq "ann")', ['bob', 'cho', 'dan']],
    ['accountStatus eq "inactive"', []],
    ["/userName eq 'bob'", ['bob']],
    [`city eq 'Os\\'lo' or userName eq "cho"`, ['cho']],
    ['passwordHash pr or password pr', []],
  ])('%s finds its people', async (filter, expected) => {
    expect(await names(filter)).toEqual({ names: expected, next: undefined })
  })

  test.each(['true', 'mail co "example"', 'cn eq "Alex Caller"'])(
    '%s is answered page by page',
    async (filter) => {
      const first = await names(filter, 3)
      expect(first).toEqual({ names: ['ann', 'bob', 'cho'], next: 'id-2' })
      expect(await names(filter, 3, first.next)).toEqual({ names: ['dan'], next: undefined })
    },
  )
})
