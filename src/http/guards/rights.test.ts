import { describe, expect, test } from 'vitest'
import { countsIn, rightsOf, staffAccesses } from './rights.ts'

const person = (realm: string, ...roles: string[]) => rightsOf({ realm, roles, isActive: true })

describe('a role', () => {
  test('applies in the realm of the person only', () => {
    for (const [role, access] of [
      ['realm-admin', 'realm'],
      ['journey-author', 'journeys'],
      ['agent-lead', 'transactions'],
      ['agent', 'helpdesk'],
      ['auditor', 'audit'],
    ] as const) {
      const rights = person('/alpha', role)
      expect(rights.may(access, '/alpha'), role).toBe(true)
      expect(rights.may(access, '/beta'), role).toBe(false)
      expect(rights.may(access, '/alpha/inner'), role).toBe(false)
      expect(rights.may(access, '/'), role).toBe(false)
      expect(rights.may(access, ''), role).toBe(false)
    }
  })

  test('admin applies in every realm, for people of the root realm only', () => {
    expect(person('/', 'admin').may('people', '/alpha')).toBe(true)
    expect(person('/', 'admin').may('administrator', '/')).toBe(true)
    expect(person('/alpha', 'admin').may('people', '/alpha')).toBe(false)
    expect(person('/alpha', 'admin').roles).toEqual([])
  })

  test('that could be raised to administrator has no effect in the root realm', () => {
    expect(person('/', 'realm-admin', 'journey-author').may('journeys', '/')).toBe(false)
    expect(countsIn('realm-admin', '/')).toBe(false)
    expect(countsIn('journey-author', '/')).toBe(false)
    expect(countsIn('auditor', '/')).toBe(true)
    expect(countsIn('admin', '/alpha')).toBe(false)
  })

  test('can have an older name; unknown names allow nothing', () => {
    expect(person('/alpha', 'helpdesk').may('helpdesk', '/alpha')).toBe(true)
    expect(person('/alpha', 'constructor', 'toString', 'boss').may('staff', '/alpha')).toBe(false)
  })

  test('has no effect for inactive identities and without an identity', () => {
    expect(rightsOf({ realm: '/', roles: ['admin'], isActive: false }).may('staff', '/')).toBe(false)
    expect(rightsOf(undefined).may('staff', '')).toBe(false)
  })
})

describe('giving a role', () => {
  test('is limited to the rights of the person who gives it', () => {
    const { mayGrant } = person('/alpha', 'realm-admin')
    for (const role of ['realm-admin', 'journey-author', 'agent-lead', 'agent', 'helpdesk', 'auditor', 'vip'])
      expect(mayGrant(role, '/alpha'), role).toBe(true)
    expect(mayGrant('admin', '/alpha')).toBe(false)
    expect(mayGrant('agent', '/beta')).toBe(false)
    expect(mayGrant('auditor', '/')).toBe(false)
  })

  test('requires an administrator for the role admin', () => {
    expect(person('/', 'admin').mayGrant('admin', '/')).toBe(true)
    expect(person('/', 'auditor').mayGrant('admin', '/')).toBe(false)
    expect(person('/alpha', 'agent-lead').mayGrant('journey-author', '/alpha')).toBe(false)
    const allOfAlpha = person('/alpha', 'realm-admin', 'journey-author', 'agent-lead', 'auditor')
    expect(allOfAlpha.mayGrant('admin', '/alpha')).toBe(false)
  })

  test('is limited to what the credentials may give', () => {
    const administrator = { realm: '/', roles: ['admin'], isActive: true }
    const accesses = staffAccesses.filter((access) => access !== 'helpdesk')
    const { mayGrant } = rightsOf(administrator, { accesses, grantable: accesses })
    expect(mayGrant('admin', '/')).toBe(false)
    expect(mayGrant('agent', '/alpha')).toBe(false)
    expect(mayGrant('journey-author', '/alpha')).toBe(true)
  })
})
