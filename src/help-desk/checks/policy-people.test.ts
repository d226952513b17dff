import { expect, test } from 'vitest'
import type { JsonObject } from '../../base/json.ts'
import { matchesPerson } from './policy-people.ts'

const person = { userName: 'elena.marsh', isActive: true, roles: ['agent-lead'], attributes: {} }

const hasGroup = (group: string, attributes: JsonObject) =>
  matchesPerson(
    { roles: [], groups: [group], attribute: { name: '', values: [] } },
    { ...person, attributes },
  )

const hasAttribute = (name: string, values: string[], attributes: JsonObject) =>
  matchesPerson({ roles: [], groups: [], attribute: { name, values } }, { ...person, attributes })

const dn = 'CN=VPN Users\\, Bern,OU=Groups,DC=larkfield,DC=example'

test.each<[string, JsonObject]>([
  ['vpn users', { memberOf: ['Staff', 'VPN Users'] }],
  ['VPN Users', { isMemberOf: 'vpn  users' }],
  ['VPN Users', { MemberOf: ['VPN Users'] }],
  ['VPN Users, Bern', { memberOf: [dn] }],
  ['cn=vpn users\\, bern, ou=Groups, dc=larkfield, dc=example', { memberOf: [dn] }],
  ['Käse', { memberOf: ['cn=K\\C3\\A4se,ou=groups'] }],
  ['executives', { groups: [{ _ref: 'managed/alpha_group/executives' }] }],
  ['executives', { effectiveGroups: [{ _refResourceId: 'executives' }] }],
  ['executives', { effectiveRoles: [{ _ref: 'managed/alpha_role/executives', _refProperties: {} }] }],
  ['whatever', { memberOf: [{ unreadable: true }] }],
  ['whatever', { memberOf: [['nested']] }],
])('group %s matches %j', (group, attributes) => {
  expect(hasGroup(group, attributes)).toBe(true)
})

test.each<[string, JsonObject]>([
  ['VPN Users', {}],
  ['VPN Users', { memberOf: ['VPN'] }],
  ['VPN Users', { memberOf: [dn] }],
  ['Groups', { memberOf: [dn] }],
  ['VPN Users', { department: 'VPN Users' }],
  ['VPN Users', { memberOf: null }],
])('group %s doesn’t match %j', (group, attributes) => {
  expect(hasGroup(group, attributes)).toBe(false)
})

test.each<[string, string[], JsonObject, boolean]>([
  ['site', ['Bern', 'Basel'], { site: 'bern ' }, true],
  ['site', ['Bern'], { site: 'Be\u200brn\u2060' }, true],
  ['site', ['Be\u034frn'], { site: 'ＢＥＲＮ' }, true],
  ['site', ['Bern'], { SITE: ['Genf', 'Bern'] }, true],
  ['site', ['Bern'], { site: 'Genf' }, false],
  ['site', ['Bern'], {}, false],
  ['site', ['Bern'], { site: { city: 'Genf' } }, true],
  ['site', [], { site: 'Genf' }, true],
  ['site', [], { site: '' }, false],
  ['isVip', ['true'], { isVip: true }, true],
  ['floor', ['3'], { floor: 3 }, true],
  ['userName', ['Elena.Marsh'], {}, true],
  ['accountStatus', ['inactive'], {}, false],
])('attribute %s in %j of %j: %s', (name, values, attributes, matches) => {
  expect(hasAttribute(name, values, attributes)).toBe(matches)
})

test('a role matches in any case', () => {
  const roles = (...names: string[]) =>
    matchesPerson({ roles: names, groups: [], attribute: { name: '', values: [] } }, person)
  expect([roles('Agent-Lead'), roles('admin', 'agent-lead'), roles('agent')]).toEqual([true, true, false])
})
