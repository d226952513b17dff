import { expect, test } from 'vitest'
import { complaints } from '../../../../test/support/lint-realm.ts'
import type { JsonObject } from '../../../base/json.ts'
import { successId } from '../../../engine/journey.ts'

function missing(type: string, config: JsonObject): string[] {
  const nodes = { one: { type, config, to: { outcome: successId, TRUE: successId, true: successId } } }
  return complaints('secret-not-set', { journeys: { Main: { nodes } } }).map(({ message }) => message)
}

test.each<[string, JsonObject, string]>([
  ['product-ReCaptchaNode', { siteKey: 's', secretKey: null }, 'secretKey'],
  ['product-CaptchaNode', { siteKey: 's' }, 'secretKey'],
  ['LdapDecisionNode', { adminDn: 'cn=admin', adminPassword: null }, 'adminPassword'],
  ['OneTimePasswordSmtpSenderNode', { hostName: 'mail', username: 'us' }, 'password'],
  ['SocialGoogleNode', { clientId: 'us', clientSecret: '' }, 'clientSecret'],
])('%s %o lacks %s', (type, config, setting) => {
  expect(missing(type, config)).toEqual([
    expect.stringMatching(`^Secret setting '${setting}' of '.*' is not set.$`),
  ])
})

test.each<[string, JsonObject]>([
  ['product-ReCaptchaNode', { siteKey: 's', secretKey: 'sealed:v1.x' }],
  ['product-CaptchaNode', { siteKey: 's', secretLabelIdentifier: 'my.key' }],
  ['LdapDecisionNode', { adminDn: '', adminPassword: null }],
  ['OneTimePasswordSmtpSenderNode', { hostName: 'mail', username: '' }],
  ['SetPersistentCookieNode', {}],
])('%s %o lacks nothing', (type, config) => {
  expect(missing(type, config)).toEqual([])
})
