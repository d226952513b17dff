import { expect, test } from 'vitest'
import {
  nameOf,
  newDocument,
  newSecret,
  pathOf,
  places,
  refusalOf,
  settingOf,
  textsOf,
  titleOf,
} from './client-settings.ts'

const wrapped = {
  coreOAuth2ClientConfig: {
    clientName: { inherited: false, value: ['en|Harbour Bank'] },
    scopes: ['openid'],
    status: 'Active',
  },
}

test('a setting is read and written plain, or as the vendor writes it', () => {
  expect(textsOf(wrapped, 'name')).toEqual(['en|Harbour Bank'])
  expect(pathOf(wrapped, 'name')).toEqual([...places.name, 'value'])
  expect(settingOf(wrapped, 'scopes')).toEqual(['openid'])
  expect(pathOf(wrapped, 'scopes')).toEqual(places.scopes)
  expect(settingOf(wrapped, 'deliveryMode')).toBeUndefined()
  expect(pathOf(wrapped, 'deliveryMode')).toEqual(places.deliveryMode)
})

test('an application is called by its name without the language, or by its id', () => {
  expect(nameOf(wrapped, 'bank')).toBe('Harbour Bank')
  expect(nameOf(newDocument({ name: '', isPublic: true, secret: undefined }), 'bank')).toBe('bank')
})

test.each([
  [['coreOAuth2ClientConfig', 'scopes', '0'], 'Scopes'],
  [['coreOAuth2ClientConfig', 'clientName', 'value'], 'Name'],
  [['advancedOAuth2ClientConfig', 'logoUri'], 'advancedOAuth2ClientConfig.logoUri'],
])('the place %j has a title', (path, title) => {
  expect(titleOf(path)).toBe(title)
})

test('a refusal names the field as the page does', () => {
  expect(
    refusalOf('Invalid OAuth2 client: cibaClientConfig.notificationEndpoint: must be there for ping'),
  ).toBe('Notification endpoint: must be there for ping')
  expect(refusalOf('Something else')).toBe('Something else')
})

test('a secret is long, new each time, and printable', () => {
  const secrets = new Set(Array.from({ length: 20 }, newSecret))
  expect(secrets.size).toBe(20)
  for (const secret of secrets) expect(secret).toMatch(/^[\w-]{43}$/)
})
