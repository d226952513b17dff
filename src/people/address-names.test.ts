import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type IdentitiesOnDisk, identitiesOnDisk, lockout } from '../../test/support/identities-on-disk.ts'
import type { JsonObject } from '../base/json.ts'
import type { Identities } from './identities.ts'
import { IdentityUnit } from './identity-unit.ts'

const realm = '/alpha'
const lenas = 'lena@example.com'
const lena = { _id: 'lena', userName: 'lena', givenName: 'Lena', sn: 'Lind', mail: lenas }
const mallory = { _id: 'mallory', userName: 'mallory', givenName: 'M', sn: 'Alory', mail: 'mal@example.com' }

let disk: IdentitiesOnDisk
let identities: Identities
beforeEach(async () => {
  disk = await identitiesOnDisk()
  identities = disk.identities
})
afterEach(() => disk.close())

const made = (object: JsonObject) => identities.create(realm, object)
const patched = (id: string, values: JsonObject) =>
  identities.patch(
    realm,
    id,
    Object.entries(values).map(([field, value]) => ({ operation: 'replace', field, value })),
  )
const refused = (work: Promise<unknown>) =>
  work.then(
    () => 'allowed',
    ({ message }) => message,
  )

const foreign = 'Policy validation failed: userName OWN_ADDRESS'
const taken = 'Policy validation failed: userName UNIQUE'

describe('a username in the form of an email address', () => {
  test.each<[string, JsonObject, string]>([
    ['that no person has', { userName: 'nobody@example.com' }, foreign],
    ['of another person', { userName: lenas }, foreign],
    ['of another person who shares it', { userName: lenas, mail: lenas }, taken],
    ['of another person in other letters', { userName: 'LENA@example.com', mail: 'Lena@Example.com' }, taken],
    ['as the id', { _id: lenas }, 'Policy validation failed: _id OWN_ADDRESS'],
  ])('is refused for a new person if it is an address %s', async (_of, values, problem) => {
    await made(lena)
    expect(await refused(made({ ...mallory, ...values }))).toBe(problem)
  })

  test('names the field and the requirement', async () => {
    await expect(made({ ...mallory, userName: lenas })).rejects.toMatchObject({
      status: 403,
      detail: {
        failedPolicyRequirements: [
          { property: 'userName', policyRequirements: [{ policyRequirement: 'OWN_ADDRESS' }] },
        ],
      },
    })
  })

  test('is allowed if it is the person’s own address, in any case', async () => {
    await expect(made({ ...lena, userName: 'Lena@example.com' })).resolves.toMatchObject({
      userName: 'Lena@example.com',
    })
  })

  test('is allowed if only a former person has the address', async () => {
    await made(lena)
    await patched('lena', { accountStatus: 'inactive' })
    await made({ ...mallory, userName: lenas, mail: lenas })
    expect(await refused(patched('lena', { accountStatus: 'active' }))).toBe(
      'Policy validation failed: mail UNIQUE',
    )
  })

  test.each<[string, JsonObject, string]>([
    ['a foreign one', { userName: lenas }, foreign],
    ['a foreign one with its address', { userName: lenas, mail: lenas }, taken],
    ['a free one', { userName: 'x@example.com' }, foreign],
    ['their own', { userName: 'mal@example.com' }, 'allowed'],
    ['one with its address', { userName: 'x@example.com', mail: 'x@example.com' }, 'allowed'],
  ])('is decided in the same way when people are renamed to %s', async (_to, values, problem) => {
    await made(lena)
    await made(mallory)
    expect(await refused(patched('mallory', values))).toBe(problem)
    if (problem === 'allowed') return
    const whole = { ...mallory, ...values }
    expect(await refused(identities.replace(realm, 'mallory', whole))).toBe(problem)
  })

  test('stays when the address changes, but only while nobody else has the old address', async () => {
    await made({ ...mallory, userName: 'mal@example.com' })
    expect(await refused(patched('mallory', { mail: 'new@example.com' }))).toBe('allowed')
    const { attributes } = await identities.read(realm, 'mallory')
    expect(
      await refused(identities.replace(realm, 'mallory', { userName: 'mal@example.com', ...attributes })),
    ).toBe('allowed')
    expect(await refused(made({ ...lena, mail: 'MAL@example.com' }))).toBe(
      'Policy validation failed: mail UNIQUE',
    )
    const { failures: _failures, rev, ...to } = await made(lena)
    await disk.store.save({
      id: 'lena',
      rev,
      to: { ...to, attributes: { ...to.attributes, mail: 'mal@example.com' } },
    })
    expect(await refused(patched('mallory', { mail: 'newer@example.com' }))).toBe(taken)
    expect(await refused(patched('mallory', { sn: 'Other' }))).toBe('allowed')
  })

  test('cannot become the address of another person', async () => {
    await made({ ...lena, userName: lenas })
    await made(mallory)
    expect(await refused(patched('mallory', { mail: lenas }))).toBe('Policy validation failed: mail UNIQUE')
    expect(await refused(made({ ...mallory, _id: 'm2', userName: 'm2', mail: lenas }))).toBe(
      'Policy validation failed: mail UNIQUE',
    )
  })

  test('is refused in a step of a journey, for people and things', async () => {
    await made(lena)
    const unit = new IdentityUnit(identities, realm, lockout)
    expect(await refused(unit.createWithStep({ ...mallory, userName: lenas }))).toBe(foreign)
    expect(await refused(unit.createWithStep({ userName: lenas }, 'thing'))).toBe(foreign)
    expect(await refused(unit.create({ ...mallory, userName: lenas }))).toBe(foreign)
    expect(await refused(unit.patch('lena', { userName: 'x@example.com' }))).toBe(foreign)
  })

  test('may be typed before the address, unless another person has it', async () => {
    await made(lena)
    const unit = new IdentityUnit(identities, realm, lockout)
    expect(await unit.checkPolicies({ userName: 'x@example.com' })).toEqual({})
    expect(await unit.checkPolicies({ userName: 'x@example.com', mail: 'y@example.com' })).toEqual({
      userName: [{ policyRequirement: 'OWN_ADDRESS' }],
    })
    expect(await unit.checkPolicies({ userName: lenas })).toEqual({
      userName: [{ policyRequirement: 'UNIQUE' }],
    })
  })
})
