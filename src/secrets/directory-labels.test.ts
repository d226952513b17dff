import { expect, test } from 'vitest'
import { directoryLabel, isDirectoryLabelOf, namesOtherRealm } from './directory-labels.ts'
import { variableOf } from './secret-labels.ts'

test.each([
  ['/', 'directory.root.bind', 'ESV_DIRECTORY_ROOT_BIND'],
  ['/alpha', 'directory.alpha.bind', 'ESV_DIRECTORY_ALPHA_BIND'],
  ['/alpha/staff', 'directory.alpha--staff.bind', 'ESV_DIRECTORY_ALPHA__STAFF_BIND'],
  ['/Alpha-1', 'directory.-x41-lpha-x2d-1.bind', 'ESV_DIRECTORY__X41_LPHA_X2D_1_BIND'],
])('the label of %s is %s', (path, label, variable) => {
  expect(directoryLabel(path)).toBe(label)
  expect(variableOf(label)).toBe(variable)
  expect(isDirectoryLabelOf(path, label)).toBe(true)
})

// Realms whose names differ only in characters that environment variables don't allow, or could collide.
const realms = [
  ...[
    '/',
    '/alpha',
    '/Alpha',
    '/ALPHA',
    '/ROOT',
    '/alpha/staff',
    '/alpha-staff',
    '/alpha.staff',
    '/alpha_staff',
  ],
  ...[
    '/alpha--staff',
    '/alpha/-staff',
    '/alpha-',
    '/alpha/x2d',
    '/alpha-x2d',
    '/alpha-x2d-',
    '/alpha/bind',
    '/bind',
  ],
  ...['/x41', '/Alpha/staff', '/alpha/x41/lpha', '/alphax2dstaff', '/alpha_', '/alpha__staff'],
]

test('no two realms share a label', () => {
  const names = ['bind', 'x2d', 'staff', '1']
  for (const realm of realms) {
    for (const label of names.map((name) => directoryLabel(realm, name))) {
      expect(realms.filter((other) => isDirectoryLabelOf(other, label))).toEqual([realm])
    }
  }
})

test.each([
  'directory.beta.bind',
  'directory.beta',
  'directory.bind',
  'directory.alpha',
  'directory.alpha.',
  'directory.alpha.a.b',
  'directory.alpha--staff.bind',
  'directory.alpha.b\u0131nd',
  'scripted.node.alpha.bind',
])('%s is not a label of /alpha', (label) => {
  expect(isDirectoryLabelOf('/alpha', label)).toBe(false)
})

test.each([
  ['directory.beta.bind', true],
  ['directory-BETA_bind', true],
  ['directory.beta', true],
  ['directory.alpha--staff.bind', true],
  ['other.secret', true],
  ['directory.bind', false],
  ['directory.alpha', false],
  ['directory.old.bind', false],
])('the legacy label of /alpha, %s, names another realm: %s', (label, isOther) => {
  expect(namesOtherRealm('/alpha', label, ['/', '/alpha', '/alpha/staff', '/beta'])).toBe(isOther)
})
