import { generateSync } from 'otplib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { JsonObject } from '../../src/base/json.ts'
import { saveOathJourneys } from '../support/oath-journeys.ts'
import { saveJourney } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import { adminPassword, type TestServer } from '../support/start-server.ts'
import {
  answerStep,
  authenticate,
  output,
  signIn,
  startJourney,
  stepOf,
  type WireAnswer,
} from '../support/wire.ts'

const ask = { type: 'UsernameCollectorNode' }
const ends = { successOutcome: 'success', failureOutcome: 'failure' }

let server: TestServer
let url: string

beforeAll(async () => {
  server = await startPrepared(async (stores) => {
    await saveOathJourneys(stores, 'Register', 'Verify')
    await saveJourney(stores, 'Counter', {
      ask: { ...ask, to: { outcome: 'register' } },
      register: {
        type: 'OathRegistrationNode',
        config: {
          algorithm: 'HOTP',
          passwordLength: 'EIGHT_DIGITS',
          postponeDeviceProfileStorage: true,
          generateRecoveryCodes: false,
        },
        to: { ...ends, successOutcome: 'verify' },
      },
      verify: {
        type: 'OathTokenVerifierNode',
        config: { algorithm: 'HOTP', hotpWindowSize: 3 },
        to: { ...ends, successOutcome: 'store', notRegisteredOutcome: 'failure' },
      },
      store: { type: 'OathDeviceStorageNode', to: { ...ends, successOutcome: 'codes' } },
      codes: { type: 'RecoveryCodeDisplayNode', to: { outcome: 'success' } },
    })
  })
  url = server.url
})

afterAll(() => server.stop())

/** An authenticator app that read the QR code of a registration. */
function appOf(answer: WireAnswer) {
  const uri = new URL(String(hidden(answer)))
  const secret = uri.searchParams.get('secret') ?? ''
  const digits = Number(uri.searchParams.get('digits')) as 6 | 8
  return {
    uri,
    secret,
    at: (seconds: number) => generateSync({ secret, digits, epoch: seconds }),
    count: (counter: number) => generateSync({ strategy: 'hotp', secret, digits, counter }),
  }
}

const hidden = (answer: WireAnswer) =>
  stepOf(answer)
    .callbacks.find(({ type }) => type === 'HiddenValueCallback')
    ?.output.find(({ name }) => name === 'value')?.value

/** Presses a button and leaves the callbacks before it empty. */
function press(answer: WireAnswer, button: number) {
  const step = stepOf(answer)
  const callbacks = step.callbacks.map((callback) =>
    callback.type === 'ConfirmationCallback'
      ? { ...callback, input: [{ name: callback.input?.[0]?.name, value: button }] }
      : callback,
  )
  return authenticate(url, { body: { ...step, callbacks } as unknown as JsonObject })
}

const begin = async (journey: string, person: string) =>
  answerStep(url, await startJourney(url, journey), [person])

async function register(person: string) {
  const asked = await begin('Register', person)
  const shown = await press(asked, 0)
  const script = String(output(shown, 'message'))
  const codes = [...script.matchAll(/\s[\w\W]"([\w]*)\\/g)].map(([, code]) => code ?? '')
  expect((await answerStep(url, shown)).status).toBe(200)
  return { app: appOf(asked), codes }
}

const verify = async (person: string, code: string) =>
  answerStep(url, await begin('Verify', person), [code, 0])

const seconds = () => Math.floor(Date.now() / 1000)

describe('an authenticator app', () => {
  test('is registered by its QR code, and each of its codes counts once', async () => {
    const { app } = await register('alex')
    expect(app.uri.href).toMatch(/^otpauth:\/\/totp\/ForgeRock:alex\?secret=[A-Z2-7]{26}&period=30&digits=6/)
    const code = app.at(seconds())
    const end = await verify('alex', code)
    expect(end.status).toBe(200)
    expect(end.body.tokenId).toEqual(expect.any(String))
    expect((await verify('alex', code)).status).toBe(401)
    expect((await verify('alex', app.at(seconds() + 30))).status).toBe(200)
  })

  test('rejects a wrong code', async () => {
    const { app } = await register('dana')
    const right = app.at(seconds())
    const wrong = right === '000000' ? '111111' : '000000'
    expect((await verify('dana', wrong)).status).toBe(401)
  })

  test('accepts one of two concurrent sign-ins with the same code', async () => {
    const { app } = await register('dana')
    const steps = await Promise.all([begin('Verify', 'dana'), begin('Verify', 'dana')])
    const code = app.at(seconds())
    const ended = await Promise.all(steps.map((step) => answerStep(url, step, [code, 0])))
    expect(ended.map(({ status }) => status).sort()).toEqual([200, 401])
  })

  test('can have a clock that is one period behind, but not a day', async () => {
    const { app } = await register('dana')
    expect((await verify('dana', app.at(seconds() - 86_400))).status).toBe(401)
    expect((await verify('dana', app.at(seconds() - 30))).status).toBe(200)
  })

  test('of one person doesn’t work for another', async () => {
    const [dana] = [await register('dana'), await register('alex')]
    expect((await verify('alex', dana.app.at(seconds()))).status).toBe(401)
  })
})

describe('a recovery code', () => {
  const recover = async (person: string, code: string) =>
    answerStep(url, await press(await begin('Verify', person), 1), [code])

  test('replaces the app once', async () => {
    const { codes } = await register('alex')
    expect(codes).toHaveLength(10)
    const [first = '', second = ''] = codes
    expect((await recover('alex', 'guess')).status).toBe(401)
    expect((await recover('alex', first)).status).toBe(200)
    expect((await recover('alex', first)).status).toBe(401)
    expect((await recover('alex', second)).status).toBe(200)
    expect(server.logged()).not.toContain(first)
  })

  test('of a former registration no longer counts', async () => {
    const { codes } = await register('alex')
    await register('alex')
    expect((await recover('alex', codes[0] ?? '')).status).toBe(401)
  })
})

test('a counter-based app is verified before it is stored and keeps counting', async () => {
  const asked = await begin('Counter', 'alex')
  const app = appOf(asked)
  expect(app.uri.host).toBe('hotp')
  const verifying = await press(asked, 0)
  expect(output(verifying, 'prompt')).toBe('Enter verification code')
  expect((await answerStep(url, verifying, [app.count(2), 0])).status).toBe(200)
  const stored = await readAlex()
  expect(stored.oathDeviceProfiles).toHaveLength(1)
})

test('a person without a device can get the app and skip it', async () => {
  const options = await begin('Verify', 'sam.one')
  expect(output(options, 'options')).toEqual(['Register Device', 'Get the App', 'Skip this step', 'Opt-out'])
  const app = await press(options, 1)
  expect(String(output(app, 'message'))).toContain('Google Play Store')
  const again = await press(app, 0)
  expect((await press(again, 2)).status).toBe(200)
})

async function readAlex() {
  const token = await signIn(url, 'amadmin', adminPassword, '/')
  const answer = await fetch(`${url}/openidm/managed/alpha_user?_queryFilter=userName+eq+"alex"`, {
    headers: { cookie: `iPlanetDirectoryPro=${token}` },
  })
  const { result } = (await answer.json()) as { result: [Record<string, unknown>] }
  return result[0]
}

test('neither REST nor the log contain a key or a recovery code', async () => {
  const { app, codes } = await register('alex')
  const hexadecimal = Buffer.from(base32(app.secret)).toString('hex')
  const shown = JSON.stringify(await readAlex())
  for (const secret of [app.secret, hexadecimal, ...codes]) {
    expect(shown).not.toContain(secret)
    expect(server.logged()).not.toContain(secret)
  }
})

test('a device that an administrator copies to another person doesn’t work there', async () => {
  const { app } = await register('alex')
  const { oathDeviceProfiles } = await readAlex()
  const token = await signIn(url, 'amadmin', adminPassword, '/')
  const cookie = { cookie: `iPlanetDirectoryPro=${token}`, 'content-type': 'application/json' }
  const people = `${url}/openidm/managed/alpha_user`
  const found = await fetch(`${people}?_queryFilter=userName+eq+"dana"`, { headers: cookie })
  const { result } = (await found.json()) as { result: [{ _id: string }] }
  const patch = [{ operation: 'replace', field: 'oathDeviceProfiles', value: oathDeviceProfiles }]
  const patched = await fetch(`${people}/${result[0]._id}`, {
    method: 'PATCH',
    headers: cookie,
    body: JSON.stringify(patch),
  })
  expect(patched.status).toBe(200)
  const answer = await begin('Verify', 'dana')
  expect(output(answer, 'options')).toContain('Register Device')
  expect(app.uri.host).toBe('totp')
})

function base32(text: string): number[] {
  const bits = [...text].map((each) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(each).toString(2).padStart(5, '0'),
  )
  return (bits.join('').match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2))
}
