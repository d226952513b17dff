import { expect, test } from 'vitest'
import type { KeptDocument } from './kept-documents.ts'
import { placeProblem } from './kept-place.ts'

const inFolder = (key: string, more: Partial<KeptDocument> = {}): KeptDocument => ({
  scope: 'realm',
  section: 'fr-config-manager',
  key,
  value: { _id: 'some' },
  ...more,
})

test.each([
  ['../../etc/passwd'],
  ['/etc/passwd'],
  ['a/../../b.json'],
  ['a\\..\\b.json'],
  ['C:/b.json'],
  ['a//b.json'],
  [''],
])('a file at %j is not kept, nor as a text beside a file', (path) => {
  expect(placeProblem(inFolder(path))).toContain('not the path of a file')
  expect(placeProblem(inFolder('services/a.json', { files: { [path]: 'text' } }))).toContain('not the path')
})

test.each(['nodeTypes', 'trees', 'script', 'idp', 'meta', 'saml', 'variable'])(
  'the section %s is not kept, because another import would read it',
  (section) => {
    expect(placeProblem({ scope: 'global', section, key: 'designer-evil', value: {} })).toContain(section)
  },
)

const resource = (type: string) => ({ _id: 'some', _type: { _id: type, name: type, collection: true } })

test.each<[KeptDocument]>([
  [inFolder('services/SocialIdentityProviders/some.json')],
  [inFolder('realm-config/saml/COT/some.json')],
  [
    inFolder('custom-nodes/nodes/some/some.json', {
      scope: 'global',
      value: { ...resource('designer-x'), serviceName: 'x', script: '' },
    }),
  ],
  [inFolder('realms/alpha/services/some.json', { scope: 'global' })],
])('a file is not kept where another import would read something else: %j', (document) => {
  expect(placeProblem(document)).toContain('not only kept')
})

test('other files and sections are kept in their place', () => {
  expect(placeProblem(inFolder('services/some.json', { files: { 'some.js': 'text' } }))).toBeUndefined()
  expect(placeProblem(inFolder('kba/some.json', { scope: 'global' }))).toBeUndefined()
  expect(placeProblem({ scope: 'global', section: 'idm', key: 'a/../b', value: {} })).toBeUndefined()
})
