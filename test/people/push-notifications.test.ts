import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { signInAsAdministrator } from '../support/backchannel-client.ts'
import { saveRealm } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import { startPushGateway } from '../support/push-gateway.ts'
import { saveOddPushJourneys, savePushJourneys } from '../support/push-journeys.ts'
import { claimsOf, type Notification, PushPhone } from '../support/push-phone.ts'
import { type Ask, asking, audited } from '../support/rest.ts'
import type { TestServer } from '../support/start-server.ts'
import { answerStep, output, startJourney, stepOf, type WireAnswer } from '../support/wire.ts'

const alpha = '/realms/root/realms/alpha'

let gateway: Awaited<ReturnType<typeof startPushGateway>>
let server: TestServer
let url: string
let ask: Ask
let addresses = 0
let people = 0

beforeAll(async () => {
  gateway = await startPushGateway()
  server = await startPrepared(
    async (stores) => {
      await saveRealm(stores, '/alpha', { messaging: { push: gateway.http as never } })
      await saveRealm(stores, '/beta', { messaging: { push: gateway.http as never } })
      await savePushJourneys(stores)
      await saveOddPushJourneys(stores)
    },
    { httpAllow: [gateway.host], trustedProxies: ['127.0.0.1'] },
  )
  url = server.url
  ask = asking(url, await signInAsAdministrator(url))
})
afterAll(async () => {
  await server.stop()
  await gateway.stop()
})

/** The person of this test. Limits count for a person, so that each test has one of its own. */
let alex = { name: '', id: '' }

beforeEach(async () => {
  const name = `alex${++people}`
  const body = {
    userName: name,
    givenName: 'Alex',
    sn: 'Doe',
    mail: `${name}@example.com`,
    password: 'Correct-Horse-9-Battery',
  }
  const created = await ask('/openidm/managed/alpha_user?_action=create', { method: 'POST', body })
  expect(created.status).toBe(201)
  alex = { name, id: created.body._id }
})

/** Answers the username of a journey, from an address of its own. */
async function begin(journey: string, userName = alex.name): Promise<WireAnswer> {
  const headers = { 'x-forwarded-for': `203.0.113.${++addresses % 250}` }
  return answerStep(url, await startJourney(url, journey, { headers }), [userName], { headers })
}

const uriOf = (answer: WireAnswer) =>
  String(
    stepOf(answer)
      .callbacks.find(({ type }) => type === 'HiddenValueCallback')
      ?.output.find(({ name }) => name === 'value')?.value,
  )

/** Registers a new phone for a person. */
async function registered(userName = alex.name, journey = 'PushRegistration'): Promise<PushPhone> {
  const shown = await begin(journey, userName)
  const phone = new PushPhone()
  expect((await phone.register(uriOf(shown))).status).toBe(200)
  const codes = await answerStep(url, shown)
  expect(codes.body.callbacks?.[0]?.output[0]?.value).toContain('Recovery Codes')
  return phone
}

/** Starts a sign-in. @returns its page, and the notification that arrived. */
async function asked(journey: string, userName = alex.name) {
  const before = gateway.pushed.length
  const page = await begin(journey, userName)
  stepOf(page)
  return { page, ...(await gateway.arrived(before + 1)) }
}

/** The number that a page shows; empty without one. */
function shownNumber(page: WireAnswer): string {
  const shown = stepOf(page).callbacks.find(({ type }) => type === 'HiddenValueCallback')
  return String(shown?.output.find(({ name }) => name === 'value')?.value ?? '')
}

/** A number of the app that the page doesn't show. */
function wrongNumber(phone: PushPhone, notification: Notification, page: WireAnswer): string {
  const numbers = String(phone.read(notification).n).split(',')
  return String(numbers.find((each) => each !== shownNumber(page)))
}

async function setLimit(messaging: object) {
  const saved = await ask(`${alpha}/realm-config/settings`, { method: 'PUT', body: { messaging } })
  expect(saved.status).toBe(200)
}

/** Polls until the journey ends or shows the page again. */
const poll = (page: WireAnswer) => answerStep(url, page)

const unable = { status: 400 }

describe('a registration', () => {
  test('shows a code that the app reads, and stores the device sealed, with recovery codes', async () => {
    const shown = await begin('PushRegistration')
    const phone = new PushPhone('token-of-alex')
    const read = phone.scan(uriOf(shown))
    expect(uriOf(shown)).toMatch(/^pushauth:\/\/push\/Larkfield:alex\d+\?/)
    const base = `${url}/json/realms/root/realms/alpha/push/sns/message`
    const decoded = (name: string) => Buffer.from(read[name] ?? '', 'base64url').toString()
    expect(decoded('r')).toBe(`${base}?_action=register`)
    expect(decoded('a')).toBe(`${base}?_action=authenticate`)
    expect(decoded('issuer')).toBe('Larkfield')
    expect(read).toMatchObject({ m: expect.stringMatching(/^REGISTER:/), b: '032b75' })
    const again = await poll(shown)
    expect(uriOf(again)).toBe(uriOf(shown))
    expect(await phone.register(uriOf(shown))).toEqual({ status: 200, body: {} })
    const codes = await poll(again)
    expect(String(output(codes, 'message'))).toContain('Pixel of Alex')
    const { body } = await ask(`${alpha}/users/${alex.id}/devices/2fa/push?_queryFilter=true`)
    expect(body.result).toMatchObject([{ deviceName: 'Pixel of Alex', recoveryCodes: [] }])
    expect(JSON.stringify(body)).not.toContain(read.s)
    for (const secret of [read.s, read.c, read.m, 'token-of-alex'])
      expect(server.logged()).not.toContain(secret)
  })

  test('is answered once: a second answer can’t change the device', async () => {
    const shown = await begin('PushRegistration')
    const [first, second] = [new PushPhone('one'), new PushPhone('two')]
    expect(await first.register(uriOf(shown))).toMatchObject({ status: 200 })
    expect(await second.register(uriOf(shown))).toMatchObject(unable)
    await poll(shown)
    const { to } = await asked('PushPlain')
    expect(to).toBe('one')
  })

  test.each([
    ['another challenge', { response: Buffer.alloc(32).toString('base64') }],
    ['no response', { response: undefined }],
    ['an unknown platform', { communicationType: 'carrier pigeon' }],
    ['no device token', { deviceId: '' }],
  ])('refuses %s, and goes on waiting', async (_case, change) => {
    const shown = await begin('PushRegistration')
    expect(await new PushPhone().register(uriOf(shown), change)).toMatchObject(unable)
    expect(uriOf(await poll(shown))).toBe(uriOf(shown))
  })

  test('of one-time passwords and push in one code stores both', async () => {
    const shown = await begin('CombinedMultiFactorRegistration')
    const uri = uriOf(shown)
    expect(uri).toMatch(/^mfauth:\/\/totp\/Larkfield:alex\d+\?/)
    const phone = new PushPhone()
    expect(phone.scan(uri)).toMatchObject({
      secret: expect.stringMatching(/^[A-Z2-7]+=*$/),
      digits: '6',
      period: '30',
    })
    expect(await phone.register(uri)).toMatchObject({ status: 200 })
    await poll(shown)
    for (const kind of ['push', 'oath']) {
      const { body } = await ask(`${alpha}/users/${alex.id}/devices/2fa/${kind}?_queryFilter=true`)
      expect(body.result).toHaveLength(1)
    }
  })
})

describe('a sign-in', () => {
  test('waits for the app, and succeeds once it approves', async () => {
    const phone = await registered()
    const { page, notification, text, to, authorization } = await asked('PushPlain')
    expect({ text, to, authorization }).toEqual({
      text: `Login attempt from ${alex.name} at Larkfield`,
      to: 'fcm-token-1',
      authorization: 'Bearer hook-secret-1',
    })
    expect(phone.read(notification)).toMatchObject({ k: 'default', t: '120', u: phone.mechanismUid, m: text })
    const waiting = await poll(page)
    expect(stepOf(waiting).callbacks.map(({ type }) => type)).toEqual([
      'PollingWaitCallback',
      'ConfirmationCallback',
    ])
    expect(await phone.approve(notification)).toEqual({ status: 200, body: {} })
    const done = await poll(waiting)
    expect(done.body).toHaveProperty('tokenId')
  })

  test('with a number succeeds only with that number', async () => {
    const phone = await registered()
    const { page, notification } = await asked('PushNumber')
    const { n = '', k } = phone.read(notification)
    const numbers = n.split(',')
    expect(k).toBe('challenge')
    expect(numbers).toHaveLength(3)
    const shown = stepOf(page).callbacks.find(({ type }) => type === 'HiddenValueCallback')
    const number = String(shown?.output.find(({ name }) => name === 'value')?.value)
    expect(numbers).toContain(number)
    expect(await phone.choose(notification, number)).toMatchObject({ status: 200 })
    expect((await poll(page)).body).toHaveProperty('tokenId')
    const none = await asked('PushNumber')
    expect(await phone.approve(none.notification)).toMatchObject({ status: 200 })
    expect((await poll(none.page)).status).toBe(401)
  })

  test('with a wrong number fails for good, and the person gets no more for an hour', async () => {
    const phone = await registered()
    const open = await asked('PushNumber')
    const { page, notification } = await asked('PushNumber')
    expect(await phone.choose(notification, wrongNumber(phone, notification, page))).toMatchObject({
      status: 200,
    })
    expect(await phone.choose(notification, shownNumber(page))).toMatchObject(unable)
    expect((await poll(page)).status).toBe(401)
    expect(await phone.choose(open.notification, shownNumber(open.page))).toMatchObject(unable)
    await setLimit({ maxOpenPushesPerPerson: 10 })
    try {
      expect((await begin('PushNumber')).status).toBe(401)
    } finally {
      await setLimit({ maxOpenPushesPerPerson: 2 })
    }
    const ofAlex = ({ whom }: { whom: { id: string } }) => whom.id === alex.id
    const entries = await audited(ask, 'event=SIDEGATE-PUSH-WRONG-NUMBER')
    expect(entries.filter(ofAlex)).toHaveLength(1)
    const denials = await audited(ask, 'event=SIDEGATE-PUSH-DENIED')
    expect(denials.filter(ofAlex)).toEqual([])
  })

  test('fails if the app denies, which the audit book records', async () => {
    const phone = await registered()
    const { page, notification } = await asked('PushPlain')
    expect(await phone.deny(notification)).toMatchObject({ status: 200 })
    expect(await phone.approve(notification)).toMatchObject(unable)
    expect((await poll(page)).status).toBe(401)
    const [entry] = await audited(ask, 'event=SIDEGATE-PUSH-DENIED')
    expect(entry).toMatchObject({ whom: { id: alex.id } })
  })

  test('counts an answer once, and only with the key of the device', async () => {
    const phone = await registered()
    const { page, notification } = await asked('PushPlain')
    const stranger = new PushPhone()
    stranger.scan(uriOf(await begin('PushRegistration', 'dana')))
    const { c: challenge = '' } = claimsOf(notification.message)
    expect(await stranger.answer(notification.messageId, challenge)).toMatchObject(unable)
    // The right response to the challenge, signed with another key.
    expect(await phone.answer(notification.messageId, challenge, { signer: stranger })).toMatchObject(unable)
    expect(stepOf(await poll(page)).callbacks[0]?.type).toBe('PollingWaitCallback')
    const results = await Promise.all(Array.from({ length: 5 }, () => phone.approve(notification)))
    expect(results.filter(({ status }) => status === 200)).toHaveLength(1)
    expect((await poll(page)).body).toHaveProperty('tokenId')
    expect(await phone.approve(notification)).toMatchObject(unable)
  })

  test('is not completed by the answer to another sign-in', async () => {
    const phone = await registered()
    const mine = await asked('PushPlain')
    const attackers = await asked('PushPlain')
    await phone.approve(mine.notification)
    expect(stepOf(await poll(attackers.page)).callbacks[0]?.type).toBe('PollingWaitCallback')
    expect((await poll(mine.page)).body).toHaveProperty('tokenId')
  })

  test('is not completed by the approval of another journey', async () => {
    const phone = await registered()
    const mine = await asked('PushPlain')
    await phone.approve(mine.notification)
    const headers = { 'x-message-id': mine.notification.messageId }
    const forged = await answerStep(url, await startJourney(url, 'PushForged'), [alex.name], { headers })
    expect((await poll(forged)).status).toBe(401)
    expect((await poll(mine.page)).body).toHaveProperty('tokenId')
  })

  test('fails for a person other than the one who was asked', async () => {
    const phone = await registered()
    await registered('dana')
    const { page, notification } = await asked('PushOther')
    await phone.approve(notification)
    expect((await poll(page)).status).toBe(401)
  })

  test.each([
    ['FactorPlain', false],
    ['FactorNumber', true],
  ])('of journey %s proves a factor: %s', async (journey, isProven) => {
    const phone = await registered()
    const { page, notification } = await asked(journey)
    await phone.choose(notification, shownNumber(page))
    expect((await poll(page)).status).toBe(isProven ? 200 : 401)
  })

  test('fails if the device was removed meanwhile', async () => {
    const phone = await registered()
    const { page, notification } = await asked('PushPlain')
    await phone.approve(notification)
    const body = [{ operation: 'remove', field: '/pushDeviceProfiles' }]
    await ask(`/openidm/managed/alpha_user/${alex.id}`, { method: 'PATCH', body })
    expect((await poll(page)).status).toBe(401)
  })

  test('is not answered in another realm, by another action or with unknown ids', async () => {
    const phone = await registered()
    const { page, notification } = await asked('PushPlain')
    const { c: challenge = '' } = claimsOf(notification.message)
    const message = `${url}/json${alpha}/push/sns/message`
    const device = { deviceId: 'd', deviceType: 'android', communicationType: 'gcm', mechanismUid: 'm' }
    for (const address of [
      `${message}?_action=register`,
      `${url}/json/realms/root/realms/beta/push/sns/message?_action=authenticate`,
      `${url}/json/realms/root/push/sns/message?_action=authenticate`,
    ]) {
      const answer = await phone.answer(notification.messageId, challenge, { address, claims: device })
      expect(answer).toMatchObject({ status: 400, body: { code: 400 } })
    }
    const unknown = await phone.answer('AUTHENTICATE:1', challenge)
    const forged = await phone.answer(notification.messageId, Buffer.alloc(32).toString('base64'))
    expect(unknown).toEqual({ status: 400, body: forged.body })
    const empty = await ask(`${alpha}/push/sns/message?_action=authenticate`, {
      method: 'POST',
      body: {},
      as: '',
    })
    expect(empty.body.message).toContain('messageId')
    expect(stepOf(await poll(page)).callbacks[0]?.type).toBe('PollingWaitCallback')
    expect(await phone.approve(notification)).toMatchObject({ status: 200 })
  })
})

describe('against floods of notifications', () => {
  test('a person gets two at a time, and the place comes back with an approval', async () => {
    const phone = await registered()
    const first = await asked('PushPlain')
    await asked('PushPlain')
    expect((await begin('PushPlain')).status).toBe(401)
    await phone.approve(first.notification)
    await asked('PushPlain')
  })

  test('concurrent sign-ins send no more than the limit', async () => {
    await registered()
    const before = gateway.pushed.length
    const pages = await Promise.all(Array.from({ length: 6 }, () => begin('PushPlain')))
    expect(pages.filter(({ status }) => status === 200)).toHaveLength(2)
    await gateway.arrived(before + 2)
  })

  test('a person who denied three gets no more for an hour', async () => {
    await setLimit({ maxOpenPushesPerPerson: 10 })
    try {
      const phone = await registered()
      for (let count = 0; count < 3; count++) await phone.deny((await asked('PushPlain')).notification)
      expect((await begin('PushPlain')).status).toBe(401)
    } finally {
      await setLimit({ maxOpenPushesPerPerson: 2 })
    }
  })

  test('one address causes as many as the realm allows', async () => {
    await setLimit({ maxPushesPerAddress: 1 })
    try {
      await registered()
      const headers = { 'x-forwarded-for': '198.51.100.7' }
      const from = async () =>
        answerStep(url, await startJourney(url, 'PushPlain', { headers }), [alex.name], { headers })
      expect((await from()).status).toBe(200)
      expect((await from()).status).toBe(401)
    } finally {
      await setLimit({ maxPushesPerAddress: 100 })
    }
  })

  test('a person gets ten in an hour', async () => {
    const phone = await registered()
    for (let count = 0; count < 10; count++) await phone.approve((await asked('PushPlain')).notification)
    expect((await begin('PushPlain')).status).toBe(401)
  })
})

describe('through Amazon SNS', () => {
  test('a device gets an endpoint, and its notification in the form of each platform', async () => {
    const put = (push: object) =>
      ask(`${alpha}/realm-config/settings`, { method: 'PUT', body: { messaging: { push } } })
    expect((await put(gateway.sns)).status).toBe(200)
    try {
      const shown = await begin('PushRegistration')
      const apple = { communicationType: 'apns', deviceType: 'ios' }
      expect(await new PushPhone().register(uriOf(shown), apple)).toMatchObject(unable)
      gateway.state.endpoint = 'arn:aws:sns:eu-central-1:1234567890:endpoint/GCM/other/fcm-token-1'
      expect(await new PushPhone().register(uriOf(shown))).toMatchObject(unable)
      gateway.state.endpoint = undefined
      const phone = await registered()
      const endpoint = 'arn:aws:sns:eu-central-1:1234567890:endpoint/GCM/production/fcm-token-1'
      const { page, to, notification, authorization } = await asked('PushPlain')
      expect(to).toBe(endpoint)
      expect(authorization).toMatch(
        /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d+\/eu-central-1\/sns\/aws4_request/,
      )
      const { aps } = JSON.parse(JSON.parse(gateway.forms.at(-1)?.Message ?? '{}').APNS)
      expect(aps).toMatchObject({
        messageId: notification.messageId,
        data: notification.message,
        category: 'authentication',
      })
      await phone.approve(notification)
      expect((await poll(page)).body).toHaveProperty('tokenId')
      expect((await put(gateway.http)).status).toBe(200)
      expect((await asked('PushPlain')).to).toBe('fcm-token-1')
      const { googleEndpoint: application } = gateway.sns
      expect((await put({ ...gateway.sns, googleEndpoint: `${application}2` })).status).toBe(200)
      expect((await begin('PushPlain')).status).toBe(401)
    } finally {
      gateway.state.endpoint = undefined
      expect((await put(gateway.http)).status).toBe(200)
    }
  })

  test('its settings are read and written as the vendor’s service, without the secret', async () => {
    const path = `${alpha}/realm-config/services/pushNotification`
    const {
      baseUrl: _own,
      provider: _kind,
      secretAccessKey: secret,
      accessKeyId: accessKey,
      ...sns
    } = gateway.sns
    const body = {
      ...sns,
      accessKey,
      secret,
      appleEndpoint: '',
      mdDuration: 120,
      delegateFactory: 'x.SnsHttpDelegateFactory',
    }
    const put = await ask(path, { method: 'PUT', body })
    expect(put).toMatchObject({ status: 200, body: { ...body, secret: null } })
    expect(put.headers.get('sidegate-findings')).toBe('kept without effect here: mdDuration, delegateFactory')
    expect((await ask(path)).body).toMatchObject({ accessKey, secret: null, mdDuration: 120 })
    expect((await ask(path, { method: 'PUT', body: { accessKey, secret: null } })).status).toBe(200)
    expect(JSON.stringify((await ask(`${alpha}/realm-config/settings`)).body)).not.toContain(secret)
    expect((await ask(path, { method: 'DELETE' })).status).toBe(200)
    expect((await ask(path)).body).not.toHaveProperty('accessKey')
    const exported = { accessKey, secret: null }
    expect(await ask(path, { method: 'PUT', body: exported })).toMatchObject({
      status: 400,
      body: { detail: { secret: expect.stringMatching(/^must be the secret of the access key/) } },
    })
    expect((await begin('PushPlain')).status).toBe(401)
    const back = { messaging: { push: gateway.http } }
    expect((await ask(`${alpha}/realm-config/settings`, { method: 'PUT', body: back })).status).toBe(200)
  })
})
