import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Json, JsonObject } from '../base/json.ts'
import { catalogue } from '../nodes/catalogue.ts'
import { nowhere, secretMark } from '../nodes/define-node.ts'
import { fieldsOf } from '../nodes/node-schema.ts'
import { effectiveSetting, secretSettingsOf } from '../nodes/secret-settings.ts'
import { secretsByKind, withStoredSecrets as withSecretsOfDocument } from '../realms/sealed-documents.ts'
import { createSealer } from '../secrets/seal.ts'
import { sealValue, secretMask } from '../secrets/sealed-value.ts'
import { withSecretsOf, withStoredSecrets } from './sealed-configuration.ts'

const sealed = sealValue(createSealer(Buffer.alloc(32)), 'of-larkfield')

const secrets = catalogue.flatMap((type) =>
  secretSettingsOf(type).map((secret) => {
    const mark = secretMark.get(fieldsOf(type)[secret] ?? z.never())
    return { type, name: type.type, secret, goesTo: mark?.goesTo ?? [] }
  }),
)

const sent = secrets.flatMap(({ goesTo, ...one }) =>
  goesTo === nowhere ? [] : goesTo.map((place) => ({ ...one, place })),
)

/** A value that differs from the default and from that of `before`. */
function otherValue(value: Json | undefined): Json {
  if (typeof value === 'boolean') return !value
  if (typeof value === 'number') return value + 1
  return Array.isArray(value) ? ['attacker.example'] : 'attacker.example'
}

const nodeOf = (type: string, config: JsonObject, version = '1.0') => ({ id: 'n', type, version, config })

describe('a secret setting of a node', () => {
  test.each(secrets)('of $name says where $secret goes, by settings of the same type', ({ type, goesTo }) => {
    expect(goesTo.length).toBeGreaterThan(0)
    if (goesTo !== nowhere) expect(Object.keys(fieldsOf(type))).toEqual(expect.arrayContaining([...goesTo]))
  })

  test('goes nowhere only in these types', () => {
    const never = secrets.filter(({ goesTo }) => goesTo === nowhere)
    expect(never.map(({ name, secret }) => `${name}.${secret}`).toSorted()).toEqual([
      'PersistentCookieDecisionNode.hmacSigningKey',
      'SetPersistentCookieNode.hmacSigningKey',
      'hibpAuthNode.apiKey',
    ])
  })

  test('goes to every setting with an address, except addresses that get no secret', () => {
    const address = /url|uri|host|port|server|endpoint/i
    const harmless =
      /^(apiUri|redirectURI|authorizeEndpoint|userInfoEndpoint|beheraEnabled|mtls.*|support.*)$/
    const left = secrets.flatMap(({ type, name, goesTo }) =>
      Object.keys(fieldsOf(type))
        .filter((setting) => address.test(setting) && !harmless.test(setting) && !goesTo.includes(setting))
        .map((setting) => `${name}.${setting}`),
    )
    expect(left).toEqual([])
  })

  test.each(sent)(
    '$name keeps $secret while $place stays, and is refused without it when $place changes',
    ({ type, name, secret, place }) => {
      const before = { [place]: effectiveSetting(type, place, {}) ?? 'ours.example', [secret]: sealed }
      const stored = nodeOf(name, before, type.version)
      for (const left of [undefined, null, secretMask]) {
        const same = { [place]: before[place] ?? null, ...(left === undefined ? {} : { [secret]: left }) }
        expect(withStoredSecrets(nodeOf(name, same, type.version), stored).config[secret]).toBe(sealed)
        const moved = nodeOf(name, { ...same, [place]: otherValue(before[place]) }, type.version)
        const title = (setting: string) => fieldsOf(type)[setting]?.meta()?.title ?? ''
        expect(() => withStoredSecrets(moved, stored)).toThrow(
          expect.objectContaining({
            status: 400,
            message: `Data validation failed for the attribute, ${title(secret)}: must be entered again, because ${title(place)} changed`,
            detail: { [secret]: `must be entered again, because ${title(place)} changed` },
          }),
        )
        const leftOut: string[] = []
        const [without] = withSecretsOf([moved], [stored], (_, { id }) => leftOut.push(id))
        expect([without, leftOut]).toEqual([moved, ['n']])
      }
      const entered = nodeOf(name, { [place]: otherValue(before[place]), [secret]: 'again' }, type.version)
      expect(withStoredSecrets(entered, stored)).toBe(entered)
      const emptied = nodeOf(name, { [place]: otherValue(before[place]), [secret]: '' }, type.version)
      expect(withStoredSecrets(emptied, stored)).toBe(emptied)
    },
  )

  test('stays when a setting is left out that has its default', () => {
    const stored = nodeOf('product-ReCaptchaNode', {
      reCaptchaUri: 'https://www.google.com/recaptcha/api/siteverify',
      secretKey: sealed,
    })
    expect(withStoredSecrets(nodeOf('product-ReCaptchaNode', {}), stored).config.secretKey).toBe(sealed)
  })

  test('moves when a placeholder takes the place of an address, whatever its value', () => {
    const stored = nodeOf('RESTNode', { restURL: 'https://a.example', basicAuthnPassword: sealed })
    const named = nodeOf('RESTNode', { restURL: '&{esv.url}' })
    expect(() => withStoredSecrets(named, stored)).toThrow('must be entered again')
    expect(
      withStoredSecrets(named, nodeOf('RESTNode', { ...named.config, basicAuthnPassword: sealed })).config,
    ).toMatchObject({ basicAuthnPassword: sealed })
  })

  test('is not kept by a node of another type', () => {
    const stored = nodeOf('product-ReCaptchaNode', { reCaptchaUri: 'https://a.example', secretKey: sealed })
    const other = nodeOf('product-CaptchaNode', { captchaUri: 'https://a.example', secretKey: null })
    expect(withStoredSecrets(other, stored)).toBe(other)
  })

  test.each([
    ['the same version', '1.0'],
    ['another version', '7.0'],
  ])('of a type that this server lacks moves with any setting, in %s', (_, version) => {
    const stored = nodeOf('UnknownNode', { address: 'a', password: sealed, _type: {} })
    expect(withStoredSecrets(nodeOf('UnknownNode', { address: 'a' }, version), stored).config.password).toBe(
      sealed,
    )
    expect(() => withStoredSecrets(nodeOf('UnknownNode', { address: 'b' }, version), stored)).toThrow(
      'must be entered again, because address changed',
    )
    expect(() => withStoredSecrets(nodeOf('UnknownNode', {}, version), stored)).toThrow(
      'because address changed',
    )
    expect(() =>
      withStoredSecrets(nodeOf('UnknownNode', { address: 'a', more: 1 }, version), stored),
    ).toThrow('because more changed')
  })

  test('moves when another version of its type named other places', () => {
    const type = 'OneTimePasswordSmtpSenderNode'
    const stored = nodeOf(type, { hostName: 'a.example', relay: 'b.example', password: sealed }, '9.0')
    expect(() => withStoredSecrets(nodeOf(type, { hostName: 'a.example' }), stored)).toThrow('because relay')
  })

  test('moves when another version of its type names other places', () => {
    const stored = nodeOf('RESTNode', { restURL: 'https://a.example', password: sealed })
    const unknown = nodeOf('RESTNode', { restURL: 'https://b.example' }, '9.0')
    expect(() => withStoredSecrets(unknown, stored)).toThrow('must be entered again')
  })
})

describe('a secret of a document', () => {
  const kinds = Object.entries(secretsByKind).flatMap(([kind, { member, open, goesTo }]) =>
    goesTo.map((place) => ({ kind, member, place, isMap: open !== undefined })),
  )

  test.each(Object.keys(secretsByKind))('of the kind %s says where it goes', (kind) => {
    expect(secretsByKind[kind]?.goesTo.length).toBeGreaterThan(0)
  })

  test.each(kinds)(
    '$kind keeps $member while $place stays, and is refused without it when $place changes',
    ({ kind, member, place, isMap }) => {
      const secret = (value: Json): JsonObject =>
        isMap ? { [member]: { 'X-Key': value } } : { [member]: value }
      const stored = { [place]: 'ours.example', ...secret(sealed) }
      const write = (document: JsonObject) => withSecretsOfDocument({ kind, id: 'd', document }, stored)
      expect(write({ [place]: 'ours.example', ...secret(secretMask) })).toEqual(stored)
      const path = isMap ? `${member}.X-Key` : member
      for (const changed of ['attacker.example', null, '&{esv.url}']) {
        expect(() => write({ [place]: changed, ...secret(secretMask) })).toThrow(
          expect.objectContaining({
            status: 400,
            detail: { [path]: `must be entered again, because ${place} changed` },
          }),
        )
      }
      if (!isMap) expect(() => write({ [place]: 'attacker.example' })).toThrow('must be entered again')
      const again = { [place]: 'attacker.example', ...secret('again') }
      expect(write(again)).toEqual(again)
    },
  )
})
