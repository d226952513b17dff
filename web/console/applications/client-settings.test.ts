import { expect, test } from 'vitest'
import {
  applicationName,
  clientSettings,
  newDocument,
  newSecret,
  rejectionText,
  settingPath,
  settingTitle,
  settingValue,
  textValues,
} from './client-settings.ts'

const wrapped = {
  coreOAuth2ClientConfig: {
    clientName: { inherited: false, value: ['en|Harbour Bank'] },
    scopes: ['openid'],
    status: 'Active',
  },
}

test('reads and writes plain settings and those in the vendor’s wrapper', () => {
  expect(textValues(wrapped, 'name')).toEqual(['en|Harbour Bank'])
  expect(settingPath(wrapped, 'name')).toEqual([...clientSettings.name.path, 'value'])
  expect(settingValue(wrapped, 'scopes')).toEqual(['openid'])
  expect(settingPath(wrapped, 'scopes')).toEqual(clientSettings.scopes.path)
  expect(settingValue(wrapped, 'deliveryMode')).toBeUndefined()
  expect(settingPath(wrapped, 'deliveryMode')).toEqual(clientSettings.deliveryMode.path)
})

test('names an application by its name without the language, or by its id', () => {
  expect(applicationName(wrapped, 'bank')).toBe('Harbour Bank')
  expect(applicationName(newDocument({ name: '', isPublic: true, secret: undefined }), 'bank')).toBe('bank')
})

test.each([
  [['coreOAuth2ClientConfig', 'scopes', '0'], 'Scopes'],
  [['coreOAuth2ClientConfig', 'clientName', 'value'], 'Name'],
  [['advancedOAuth2ClientConfig', 'logoUri'], 'advancedOAuth2ClientConfig.logoUri'],
])('titles the path %j', (path, title) => {
  expect(settingTitle(path)).toBe(title)
})

test('names the rejected field by its title', () => {
  expect(
    rejectionText('Invalid OAuth2 client: cibaClientConfig.notificationEndpoint: is required for ping'),
  ).toBe('Notification endpoint: is required for ping')
  expect(rejectionText('Something else')).toBe('Something else')
})

test('generates long, unique and printable secrets', () => {
  const secrets = new Set(Array.from({ length: 20 }, newSecret))
  expect(secrets.size).toBe(20)
  for (const secret of secrets) expect(secret).toMatch(/^[\w-]{43}$/)
})
