import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { failureId, successId } from '../../src/engine/journey.ts'
import { journeyDocumentSchema } from '../../src/journeys/journey-document.ts'
import { saveJourney, saveRealm } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import type { TestServer } from '../support/start-server.ts'
import { answerStep, authenticate, output, startJourney, stepOf, type WireAnswer } from '../support/wire.ts'

const alexId = 'ac6c7d3f-bb79-445f-8726-c3b6bda5b290'
const applicationIds = ['com.example.bank']
const noSession = false

let server: TestServer
let url: string

/** Shows an outcome as a message, then fails. */
const showing = (message: string) => ({
  type: 'MessageNode',
  config: { message: { en: message } },
  to: { true: 'failure', false: 'failure' },
})
const name = (next: string) => ({ type: 'UsernameCollectorNode', to: { outcome: next } })
const password = { type: 'PasswordCollectorNode', to: { outcome: 'check' } }
const check = (next: string) => ({ type: 'DataStoreDecisionNode', to: { true: next, false: 'failure' } })

beforeAll(async () => {
  server = await startPrepared(async (stores) => {
    await saveRealm(stores, '/alpha')
    await saveJourney(stores, 'Bind', {
      name: name('bind'),
      bind: {
        type: 'DeviceBindingNode',
        config: { applicationIds },
        to: { success: 'success', failure: 'refused', Abort: 'aborted' },
      },
      refused: showing('failure'),
      aborted: showing('Abort'),
    })
    await saveJourney(stores, 'BindLater', {
      name: name('bind'),
      bind: {
        type: 'DeviceBindingNode',
        config: { applicationIds, postponeDeviceProfileStorage: true },
        to: { success: 'store', failure: 'failure' },
      },
      store: { type: 'DeviceBindingStorageNode', to: { true: 'success', false: 'failure' } },
    })
    await saveJourney(
      stores,
      'Sign',
      {
        sign: {
          type: 'DeviceSigningVerifierNode',
          config: { applicationIds, captureFailure: true },
          to: { success: 'success', failure: 'refused', keyNotFound: 'unknown', noDeviceRegistered: 'none' },
        },
        refused: showing('failure'),
        unknown: showing('keyNotFound'),
        none: showing('noDeviceRegistered'),
      },
      { noSession },
    )
    const profiled = {
      name: name('collect'),
      collect: {
        type: 'DeviceProfileCollectorNode',
        config: { deviceLocation: true },
        to: { outcome: 'next' },
      },
    }
    await saveJourney(stores, 'SaveDevice', {
      ...profiled,
      next: { type: 'DeviceSaveNode', to: { outcome: 'success' } },
    })
    await saveJourney(stores, 'MatchDevice', {
      ...profiled,
      next: { type: 'DeviceMatchNode', to: { true: 'place', false: 'changed', unknownDevice: 'unknown' } },
      place: {
        type: 'DeviceLocationMatchNode',
        to: { true: 'success', false: 'elsewhere', unknownDevice: 'unknown' },
      },
      changed: showing('changed'),
      elsewhere: showing('elsewhere'),
      unknown: showing('unknown'),
    })
    const cookie = { useSecureCookie: false, persistentCookieName: 'remember-me' }
    await saveJourney(
      stores,
      'Remember',
      {
        known: {
          type: 'PersistentCookieDecisionNode',
          config: cookie,
          to: { true: 'success', false: 'name' },
        },
        name: name('password'),
        password,
        check: check('remember'),
        remember: {
          type: 'SetPersistentCookieNode',
          config: { ...cookie, maxLife: 8 },
          to: { outcome: 'mark' },
        },
        mark: {
          type: 'SetCustomCookieNode',
          config: { name: 'theme', value: 'dark', maxAge: 60, path: '/am', sameSite: 'STRICT' },
          to: { outcome: 'success' },
        },
      },
      { noSession },
    )
    await saveRealm(stores, '/beta')
    const known = { id: 'beta-known', type: 'PersistentCookieDecisionNode', version: '1.0', config: cookie }
    await stores.configuration.saveNode('/beta', known)
    const nodes = {
      'beta-known': {
        nodeType: known.type,
        displayName: 'known',
        connections: { true: successId, false: failureId },
      },
    }
    const tree = { _id: 'Remember', entryNodeId: 'beta-known', noSession: true, nodes }
    await stores.configuration.saveJourney('/beta', journeyDocumentSchema.parse(tree))
    await saveJourney(stores, 'OtherKey', {
      known: {
        type: 'PersistentCookieDecisionNode',
        config: { ...cookie, hmacSigningKey: 'b3RoZXI=' },
        to: { true: 'success', false: 'refused' },
      },
      refused: showing('unknown'),
    })
  })
  url = server.url
})
afterAll(() => server.stop())

/** The message at the end of a walk, or `success`. */
const endOf = (answer: WireAnswer) =>
  answer.status === 200 && answer.body.successUrl ? 'success' : output(answer, 'message')

/** Fills the inputs of the first callback by the suffix of their names. */
function answered(answer: WireAnswer, values: Record<string, string>) {
  const step = stepOf(answer)
  const [first, ...others] = step.callbacks
  const input = first?.input?.map((each) => {
    const suffix = each.name.replace(/^IDToken\d+/, '')
    return { ...each, value: values[suffix] ?? each.value }
  })
  return authenticate(url, { body: { ...step, callbacks: [{ ...first, input }, ...others] } })
}

const algorithm = 'ES256'

/** An app on a device that signs with its own key. */
async function newApp(kid: string) {
  const { privateKey, publicKey } = await generateKeyPair(algorithm)
  const jwk = { ...(await exportJWK(publicKey)), kid, use: 'sig', alg: algorithm }
  return {
    sign: (claims: JWTPayload, header = {}) =>
      new SignJWT({
        platform: 'android',
        iss: 'com.example.bank',
        sub: alexId,
        exp: inSeconds(60),
        ...claims,
      })
        .setProtectedHeader({ alg: algorithm, kid, ...header })
        .sign(privateKey),
    jwk,
  }
}

const inSeconds = (seconds: number) => Math.floor(Date.now() / 1000) + seconds

async function bind(app: Awaited<ReturnType<typeof newApp>>, claims: JWTPayload = {}, journey = 'Bind') {
  const asked = await answerStep(url, await startJourney(url, journey), ['alex'])
  const challenge = String(output(asked, 'challenge'))
  const jws = await app.sign({ challenge, ...claims }, { jwk: app.jwk })
  return answered(asked, { jws, deviceName: 'Phone', deviceId: app.jwk.kid })
}

async function sign(app: Awaited<ReturnType<typeof newApp>>, claims: JWTPayload = {}) {
  const asked = await startJourney(url, 'Sign')
  const challenge = String(output(asked, 'challenge'))
  return answered(asked, { jws: await app.sign({ challenge, ...claims }) })
}

describe('a bound device', () => {
  test('signs its person in without a username', async () => {
    const app = await newApp('key-1')
    expect(endOf(await bind(app))).toBe('success')
    const { body } = await sign(app)
    expect(body.tokenId).toMatch(/.{20}/)
    expect(server.logged()).not.toContain(String(app.jwk.x))
  })

  test('can be stored by a later node', async () => {
    const app = await newApp('key-2')
    expect(endOf(await bind(app, {}, 'BindLater'))).toBe('success')
    expect((await sign(app)).body.tokenId).toMatch(/.{20}/)
  })

  test('is asked in the format that apps know', async () => {
    const asked = await answerStep(url, await startJourney(url, 'Bind'), ['alex'])
    const [callback] = stepOf(asked).callbacks
    expect(callback?.output.map((each) => [each.name, each.value])).toEqual([
      ['userId', alexId],
      ['username', 'alex'],
      ['authenticationType', 'BIOMETRIC_ALLOW_FALLBACK'],
      ['challenge', expect.stringMatching(/^[\w+/]{43}=$/)],
      ['title', 'Authentication required'],
      ['subtitle', 'Cryptography device binding'],
      ['description', 'Please complete with biometric to proceed'],
      ['timeout', 60],
    ])
  })

  test.each([
    ['another challenge', { challenge: 'made-up' }, 'failure'],
    ['another app', { iss: 'com.example.evil' }, 'failure'],
    ['another person', { sub: '87932b85-dd6d-4cb6-8a5b-6b7d8a9dbffd' }, 'noDeviceRegistered'],
    ['an expired JWT', { exp: inSeconds(-120) }, 'failure'],
    ['a JWT without expiry', { exp: undefined }, 'failure'],
  ])('is neither bound nor signs in with %s', async (_what, claims, outcome) => {
    const app = await newApp('key-3')
    expect(endOf(await bind(app, claims as JWTPayload))).toBe('failure')
    const bound = await newApp('key-4')
    expect(endOf(await bind(bound))).toBe('success')
    expect(endOf(await sign(bound, claims as JWTPayload))).toBe(outcome)
  })

  test('can have a clock that is slightly off', async () => {
    const app = await newApp('key-5')
    expect(endOf(await bind(app, { exp: inSeconds(-30) }))).toBe('success')
  })

  test('is known by its key, which another device doesn’t have', async () => {
    const app = await newApp('key-6')
    await bind(app)
    expect(endOf(await sign(await newApp('key-unknown')))).toBe('keyNotFound')
    expect(endOf(await sign(await newApp('key-6')))).toBe('failure')
  })

  test('can report failures only through outcomes that are meant for them', async () => {
    const ask = async () => answerStep(url, await startJourney(url, 'Bind'), ['alex'])
    expect(endOf(await answered(await ask(), { clientError: 'Abort' }))).toBe('Abort')
    expect(await answered(await ask(), { clientError: 'success' })).toMatchObject({ status: 401 })
  })

  test('must sign: a JWT without a signature is rejected', async () => {
    const asked = await startJourney(url, 'Sign')
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const claims = {
      iss: 'com.example.bank',
      sub: alexId,
      exp: inSeconds(60),
      challenge: output(asked, 'challenge'),
    }
    const jws = `${part({ alg: 'none', kid: 'key-1' })}.${part(claims)}.`
    expect(endOf(await answered(asked, { jws }))).toBe('failure')
  })
})

describe('a device profile', () => {
  const profile = {
    identifier: 'device-1',
    metadata: { platform: { deviceName: 'Laptop', version: 1 }, hardware: { cpu: 8 } },
    location: { latitude: 48.2, longitude: 16.37 },
  }
  const walk = async (journey: string, profile: object) => {
    const asked = await answerStep(url, await startJourney(url, journey), ['alex'])
    return endOf(await answerStep(url, asked, [JSON.stringify(profile)]))
  }

  test('matches if it is unchanged and in the same place', async () => {
    expect(await walk('MatchDevice', profile)).toBe('unknown')
    expect(await walk('SaveDevice', profile)).toBe('success')
    expect(await walk('MatchDevice', profile)).toBe('success')
    const changed = { ...profile, metadata: { ...profile.metadata, hardware: { cpu: 4 } } }
    expect(await walk('MatchDevice', changed)).toBe('changed')
    expect(await walk('MatchDevice', { ...profile, location: { latitude: 52.5, longitude: 13.4 } })).toBe(
      'elsewhere',
    )
    expect(await walk('MatchDevice', { ...profile, identifier: 'device-2' })).toBe('unknown')
  })
})

describe('a persistent cookie', () => {
  const cookiesOf = ({ headers }: WireAnswer) => headers.getSetCookie()
  const rememberMe = (answer: WireAnswer) =>
    cookiesOf(answer)
      .find((each) => each.startsWith('remember-me.%2Falpha='))
      ?.replace(/;.*/, '') ?? ''

  async function signInRemembered() {
    const named = await answerStep(url, await startJourney(url, 'Remember'), ['alex'])
    return answerStep(url, named, ['Alex-Pass-2026'])
  }
  const withCookie = (cookie: string, journey = 'Remember', realm = 'alpha') =>
    startJourney(url, journey, { headers: { cookie }, realm })

  test('is set when the journey ends in a session, with the node’s attributes', async () => {
    const answer = await signInRemembered()
    const [session, custom, persistent] = cookiesOf(answer)
    expect(session).toMatch(/^iPlanetDirectoryPro=/)
    expect(custom).toBe('theme=dark; Max-Age=60; Path=/am; SameSite=Strict')
    expect(persistent).toMatch(
      /^remember-me\.%2Falpha=[\w.-]+; Max-Age=18000; Path=\/; HttpOnly; SameSite=Lax$/,
    )
  })

  test('signs its person in without a question and is renewed', async () => {
    const answer = await withCookie(rememberMe(await signInRemembered()))
    expect(answer.body.tokenId).toMatch(/.{20}/)
    expect(rememberMe(answer)).not.toBe('')
    expect((await withCookie(rememberMe(answer))).body.tokenId).toMatch(/.{20}/)
  })

  test('is ignored if altered, truncated or forged', async () => {
    const cookie = rememberMe(await signInRemembered())
    for (const other of [
      `${cookie.slice(0, -4)}AAAA`,
      cookie.slice(0, 40),
      'remember-me.%2Falpha=eyJhbGciOiJub25lIn0.e30.',
    ]) {
      expect(stepOf(await withCookie(other)).callbacks[0]?.type).toBe('NameCallback')
    }
  })

  test('contains nothing readable', async () => {
    const cookie = rememberMe(await signInRemembered())
    const parts = cookie.split('.').map((part) => Buffer.from(part, 'base64url').toString('latin1'))
    expect(parts.join()).not.toMatch(/alex|ac6c7d3f|alpha/)
  })

  test('is ignored in another realm, under its name or that of the other', async () => {
    const cookie = rememberMe(await signInRemembered())
    for (const sent of [cookie, cookie.replace('alpha', 'beta'), cookie.replace('.%2Falpha', '')]) {
      expect(await withCookie(sent, 'Remember', 'beta')).toMatchObject({ status: 401 })
    }
  })

  test('of another realm with the same name in its nodes neither replaces nor hides it', async () => {
    const cookie = rememberMe(await signInRemembered())
    const value = cookie.replace(/^[^=]+=/, '')
    const others = `remember-me.%2Fbeta=${value.slice(0, -4)}AAAA; remember-me=${value.slice(0, -4)}AAAA`
    expect((await withCookie(`${others}; ${cookie}`)).body.tokenId).toMatch(/.{20}/)
    expect(stepOf(await withCookie(others)).callbacks[0]?.type).toBe('NameCallback')
  })

  test('from before names had the realm is accepted once more, and renewed under the new name', async () => {
    const old = rememberMe(await signInRemembered()).replace('.%2Falpha', '')
    expect(old).toMatch(/^remember-me=/)
    const answer = await withCookie(old)
    expect(answer.body.tokenId).toMatch(/.{20}/)
    expect(rememberMe(answer)).toMatch(/^remember-me\.%2Falpha=/)
  })

  test('is ignored by a node with another signing key', async () => {
    expect(endOf(await withCookie(rememberMe(await signInRemembered()), 'OtherKey'))).toBe('unknown')
  })
})
