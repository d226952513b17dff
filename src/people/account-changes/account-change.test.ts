import { expect, test } from 'vitest'
import { exampleIdentity } from '../../store/contract/examples.ts'
import { linkTo } from '../directories/directory-link.ts'
import type { IdentityChange } from '../identity.ts'
import { changedParts, type Factor } from './account-change.ts'

const app: Factor = { kind: 'oath', uuid: 'a', recoveryCodes: ['1', '2'] }
const key: Factor = { kind: 'webauthn', uuid: 'b', recoveryCodes: [] }

type To = Partial<IdentityChange['to']>

function parts(
  before: To,
  after: To,
  factors: { before: Factor[]; after: Factor[] } = { before: [], after: [] },
) {
  const { rev: _rev, failures: _failures, ...existing } = exampleIdentity({ passwordHash: 'old', ...before })
  const to = { ...existing, ...after }
  return changedParts(existing, { to }, (attributes) =>
    attributes === existing.attributes ? factors.before : factors.after,
  )
}

test.each<[string, To, To, string[]]>([
  ['a new password', {}, { passwordHash: 'new' }, ['password']],
  ['a removed password', {}, { passwordHash: undefined }, ['password']],
  [
    'a renamed directory entry',
    { passwordHash: linkTo('cn=a', true) },
    { passwordHash: linkTo('cn=b', true) },
    [],
  ],
  [
    'a deactivated directory entry',
    { passwordHash: linkTo('cn=a', true) },
    { passwordHash: linkTo('cn=a', false) },
    [],
  ],
  ['a password that moves into a directory', {}, { passwordHash: linkTo('cn=a', true) }, ['password']],
  ['another email address', { attributes: { mail: 'a@b.c' } }, { attributes: { mail: 'x@b.c' } }, ['mail']],
  [
    'a second email address',
    { attributes: { mail: 'a@b.c' } },
    { attributes: { mail: ['a@b.c', 'x@b.c'] } },
    ['mail'],
  ],
  ['the case of an email address', { attributes: { mail: 'a@b.c' } }, { attributes: { mail: 'A@b.c' } }, []],
  ['a removed number', { attributes: { telephoneNumber: '1' } }, { attributes: {} }, ['telephoneNumber']],
  [
    'a number where there was none',
    { attributes: {} },
    { attributes: { telephoneNumber: '1' } },
    ['telephoneNumber'],
  ],
  [
    'the punctuation of a number',
    { attributes: { telephoneNumber: '+1 2' } },
    { attributes: { telephoneNumber: '+1-(2)' } },
    [],
  ],
  [
    'a manager, a city and a role',
    { attributes: { city: 'a' } },
    { attributes: { city: 'b', manager: 'x' }, roles: ['r'] },
    [],
  ],
])('%s', (_name, before, after, expected) => {
  expect(parts(before, after)).toEqual(expected)
})

test.each<[string, Factor[], Factor[], boolean]>([
  ['a new device', [app], [app, key], true],
  ['a removed device', [app, key], [app], true],
  ['a replaced device', [app], [{ ...app, uuid: 'c' }], true],
  ['the same id with another kind', [app], [{ ...app, kind: 'binding' }], true],
  ['new recovery codes', [app], [{ ...app, recoveryCodes: ['3'] }], true],
  ['a used recovery code', [app], [{ ...app, recoveryCodes: ['2'] }], false],
  ['the same devices in another order', [app, key], [key, app], false],
])('%s is a changed factor: %s', (_name, before, after, isChanged) => {
  const attributes = { mail: 'demo@example.com', other: 1 }
  expect(parts({}, { attributes }, { before, after })).toEqual(isChanged ? ['factor'] : [])
})

test('counts a new password in the directory as a changed password', () => {
  const { rev: _rev, failures: _failures, ...to } = exampleIdentity({ passwordHash: linkTo('cn=a', true) })
  expect(changedParts(to, { to, hasNewDirectoryPassword: true }, () => [])).toEqual(['password'])
})
