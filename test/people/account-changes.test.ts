import { generateSync } from 'otplib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { agentSignsIn, callerOpens, callerSignsIn, deskOpens } from '../support/help-desk-play.ts'
import { startMailServer } from '../support/mail-server.ts'
import { saveOathJourneys } from '../support/oath-journeys.ts'
import { saveJourney, scripted } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import { type Ask, asking, audited } from '../support/rest.ts'
import { adminPassword, type TestServer } from '../support/start-server.ts'
import { answerStep, signIn, startJourney, stepOf, type WireAnswer } from '../support/wire.ts'

// A change of an account ends the person's other sessions and notifies the person, however it is made.

const people = '/openidm/managed/alpha_user'
const realm = '/realms/root/realms/alpha'
const changing = `
  var id = existingSession.get("UserId");
  var value = String(requestParameters.get("value").get(0));
  var field = String(requestParameters.get("field").get(0));
  if (field === "idRepository") {
    var identity = idRepository.getIdentity(id);
    identity.setAttribute("mail", [value]);
    identity.store();
  } else {
    openidm.patch("managed/alpha_user/" + id, null, [{ operation: "replace", field: field, value: value }]);
  }
  action.goTo("out");`

/** The nodes of a sign-in with name and password that continues to `next`. */
const passwordThen = (next: string) => ({
  name: { type: 'UsernameCollectorNode', to: { outcome: 'password' } },
  password: { type: 'PasswordCollectorNode', to: { outcome: 'check' } },
  check: { type: 'DataStoreDecisionNode', to: { true: next, false: 'failure' } },
})
const pause = { type: 'MessageNode', to: { true: 'success', false: 'failure' } }
const cookie = { useSecureCookie: false, persistentCookieName: 'remember-me' }
const changingAgain = `
  var identity = idRepository.getIdentity(nodeState.get("username"));
  identity.setAttribute("telephoneNumber", ["+44 20 7946 0003"]);
  identity.store();
  action.goTo("out");`

let server: TestServer
let mail: Awaited<ReturnType<typeof startMailServer>>
let url: string
let ask: Ask

beforeAll(async () => {
  mail = await startMailServer()
  server = await startPrepared(
    async (stores) => {
      await saveOathJourneys(stores, 'Register', 'Verify')
      await saveJourney(
        stores,
        'Change',
        { run: await scripted(stores, 'change', changing, { out: 'success' }) },
        { mustRun: true },
      )
      await saveJourney(stores, 'Pause', { ...passwordThen('pause'), pause }, { noSession: false })
      await saveJourney(
        stores,
        'ChangeThenPause',
        {
          ...passwordThen('run'),
          run: await scripted(stores, 'change-again', changingAgain, { out: 'pause' }),
          pause,
        },
        { noSession: false },
      )
      await saveJourney(
        stores,
        'PauseThenChange',
        {
          ...passwordThen('pause'),
          pause: { ...pause, to: { true: 'run', false: 'failure' } },
          run: await scripted(stores, 'change-late', changingAgain, { out: 'ask' }),
          ask: pause,
        },
        { noSession: false },
      )
      await saveJourney(
        stores,
        'Remember',
        {
          known: {
            type: 'PersistentCookieDecisionNode',
            config: cookie,
            to: { true: 'success', false: 'name' },
          },
          ...passwordThen('remember'),
          remember: { type: 'SetPersistentCookieNode', config: cookie, to: { outcome: 'success' } },
        },
        { noSession: false },
      )
    },
    { smtpUrl: mail.url },
  )
  url = server.url
  ask = asking(url, await signIn(url, 'amadmin', adminPassword, '/'))
})
afterAll(async () => {
  await server.stop()
  await mail.stop()
})

const password = 'First-Pass-2026'
let created = 0

/** A new person with two sessions; `own` is the first. */
async function personWithSessions(more: object = {}) {
  const userName = `changing${++created}`
  const body = { userName, givenName: 'Cha', sn: 'Nging', mail: `${userName}@example.com`, password, ...more }
  const { status, body: person } = await ask(`${people}?_action=create`, { method: 'POST', body })
  expect(status, person.message).toBe(201)
  const own = await signIn(url, userName, password)
  return { id: String(person._id), userName, own, other: await signIn(url, userName, password) }
}

async function isAlive(token: string): Promise<boolean> {
  const { body } = await ask(`${realm}/sessions?_action=validate`, {
    method: 'POST',
    body: { tokenId: token },
    as: '',
  })
  return body.valid
}

const replace = (field: string, value: unknown) => [{ operation: 'replace', field, value }]
const patch = (id: string, field: string, value: unknown) =>
  ask(`${people}/${id}`, { method: 'PATCH', body: replace(field, value) })

/** The emails to an address, once `count` of them have arrived. */
async function mailsTo(address: string, count: number) {
  const arrived = () => mail.mails.filter(({ to }) => to.some((each) => each.toLowerCase() === address))
  await expect.poll(() => arrived().length).toBe(count)
  return arrived()
}

describe('a change by an administrator', () => {
  test.each([
    ['password', 'Second-Pass-2026'],
    ['telephoneNumber', '+44 20 7946 0001'],
  ])('of %s ends every session of the person and no session of the administrator', async (field, value) => {
    const { id, userName, own, other } = await personWithSessions()
    expect((await patch(id, field, value)).status).toBe(200)
    expect([await isAlive(own), await isAlive(other)]).toEqual([false, false])
    expect((await ask(`${people}/${id}`)).status).toBe(200)
    const [notice] = await mailsTo(`${userName}@example.com`, 1)
    expect(notice?.subject).toBe('Your account at Larkfield Health was changed')
    expect(notice?.body).toContain(field === 'password' ? ': password.' : ': phone number.')
    expect(notice?.body).not.toMatch(/https?:|Second-Pass|7946/)
  })

  test('by PUT and by resetPassword also ends the sessions', async () => {
    const one = await personWithSessions()
    const { body } = await ask(`${people}/${one.id}`)
    const put = { ...body, mail: 'moved@example.com' }
    expect((await ask(`${people}/${one.id}`, { method: 'PUT', body: put })).status).toBe(200)
    expect(await isAlive(one.own)).toBe(false)
    const two = await personWithSessions()
    const reset = await ask(`${people}/${two.id}?_action=resetPassword`, { method: 'POST', body: {} })
    expect(reset.status).toBe(200)
    expect(await isAlive(two.own)).toBe(false)
    const [entry] = await audited(ask, `whom=${two.userName}&event=AM-SESSION-DESTROYED`)
    expect(entry).toMatchObject({ result: 'SUCCESSFUL', count: 2 })
  })

  test('of the email address sends separate notices to the old and the new address', async () => {
    const { id, userName } = await personWithSessions()
    await patch(id, 'mail', `${userName}@new.example.com`)
    const [old] = await mailsTo(`${userName}@example.com`, 1)
    const [fresh] = await mailsTo(`${userName}@new.example.com`, 1)
    expect([old?.to, fresh?.to].map((to) => to?.length)).toEqual([1, 1])
    expect(old?.body).toContain('mail address')
    expect(old?.body).toContain('call the help desk')
  })

  test('of other attributes ends no session and sends no email', async () => {
    const { id, userName, own } = await personWithSessions()
    const address = `${userName}@example.com`
    expect((await patch(id, 'city', 'Oslo')).status).toBe(200)
    expect(await isAlive(own)).toBe(true)
    expect((await patch(id, 'mail', address.toUpperCase())).status).toBe(200)
    expect(await isAlive(own)).toBe(true)
    // The first email to arrive is about a later change.
    await patch(id, 'telephoneNumber', '+44 20 7946 0004')
    const [notice] = await mailsTo(address, 1)
    expect(notice?.body).toContain(': phone number.')
  })

  test('of an administrator’s own password keeps the session that makes the change', async () => {
    const body = {
      userName: 'second-admin',
      password: 'Harbour-Lantern-2026',
      givenName: 'Ad',
      sn: 'Min',
      mail: 'admin2@example.com',
    }
    const { body: person } = await ask('/openidm/managed/user?_action=create', { method: 'POST', body })
    await ask(`/openidm/managed/user/${person._id}?_action=setRoles`, {
      method: 'POST',
      body: { roles: ['admin'] },
    })
    const own = await signIn(url, 'second-admin', 'Harbour-Lantern-2026', '/')
    const other = await signIn(url, 'second-admin', 'Harbour-Lantern-2026', '/')
    const path = `/openidm/managed/user/${person._id}`
    const changed = await ask(path, {
      method: 'PATCH',
      body: replace('password', 'Copper-Meadow-2026'),
      as: own,
    })
    expect(changed.status).toBe(200)
    expect([await isAlive(own), await isAlive(other)]).toEqual([true, false])
  })
})

describe('a change in a journey', () => {
  test.each([
    ['password', 'Second-Pass-2026'],
    ['mail', 'elsewhere@example.com'],
    ['telephoneNumber', '+44 20 7946 0002'],
    ['idRepository', 'elsewhere@example.com'],
  ])('of %s by a script keeps only the session that the journey runs under', async (field, value) => {
    const { own, other, userName } = await personWithSessions()
    const query = `&${new URLSearchParams({ field, value })}&ForceAuth=true&noSession=true`
    const end = await startJourney(url, 'Change', { query, headers: { iplanetdirectorypro: own } })
    expect(end.status, JSON.stringify(end.body)).toBe(200)
    expect([await isAlive(own), await isAlive(other)]).toEqual([true, false])
    await mailsTo(`${userName}@example.com`, 1)
  })

  test('that registers or removes a device ends the other sessions; using the device doesn’t', async () => {
    const { own, userName } = await personWithSessions()
    const asked = await answerStep(url, await startJourney(url, 'Register'), [userName])
    const callbacks = stepOf(asked).callbacks.map((callback) =>
      callback.type === 'ConfirmationCallback'
        ? { ...callback, input: [{ name: callback.input?.[0]?.name, value: 0 }] }
        : callback,
    )
    const shown = await startJourney(url, 'Register', { body: { ...stepOf(asked), callbacks } })
    expect((await answerStep(url, shown)).status).toBe(200)
    expect(await isAlive(own)).toBe(false)
    expect((await mailsTo(`${userName}@example.com`, 1))[0]?.body).toContain('second factor')

    const later = await signIn(url, userName, password)
    const secret = /secret=([A-Z2-7]+)/.exec(JSON.stringify(asked.body))?.[1] ?? ''
    const verifying = await answerStep(url, await startJourney(url, 'Verify'), [userName])
    const verified = await answerStep(url, verifying, [generateSync({ secret }), 0])
    expect(verified.body.tokenId).toBeDefined()
    expect(await isAlive(later)).toBe(true)

    const devices = `${realm}/users/${userName}/devices/2fa/oath`
    const [device] = (await ask(`${devices}?_queryFilter=true`)).body.result
    expect((await ask(`${devices}/${device.uuid}`, { method: 'DELETE', as: later })).status).toBe(200)
    expect([await isAlive(later), await isAlive(String(verified.body.tokenId))]).toEqual([true, false])
    await mailsTo(`${userName}@example.com`, 2)
  })
})

describe('a change made elsewhere', () => {
  const signingIn = async (journey: string, userName: string) => {
    const named = await answerStep(url, await startJourney(url, journey), [userName])
    return answerStep(url, named, [password])
  }
  const withCookie = (header: string) => startJourney(url, 'Remember', { headers: { cookie: header } })
  const rememberMe = ({ headers }: WireAnswer) =>
    headers
      .getSetCookie()
      .find((text) => text.startsWith('remember-me.'))
      ?.split(';')[0] ?? ''

  test.each([
    ['password', 'Second-Pass-2026'],
    ['mail', 'moved-away@example.com'],
  ])('of %s invalidates earlier persistent cookies', async (field, value) => {
    const { id, userName } = await personWithSessions()
    const before = rememberMe(await signingIn('Remember', userName))
    expect((await withCookie(before)).body.tokenId).toBeDefined()
    expect((await patch(id, field, value)).status).toBe(200)
    expect(stepOf(await withCookie(before)).callbacks[0]?.type).toBe('NameCallback')
  })

  test('of other attributes keeps persistent cookies', async () => {
    const { id, userName } = await personWithSessions()
    const before = rememberMe(await signingIn('Remember', userName))
    expect((await patch(id, 'city', 'Oslo')).status).toBe(200)
    expect((await withCookie(before)).body.tokenId).toBeDefined()
  })

  test.each(['Pause', 'ChangeThenPause'])(
    'ends a sign-in with %s that started with the old password',
    async (journey) => {
      const { id, userName } = await personWithSessions()
      const paused = await signingIn(journey, userName)
      expect((await patch(id, 'password', 'Second-Pass-2026')).status).toBe(200)
      const end = await answerStep(url, paused, [0])
      expect(end).toMatchObject({ status: 401, body: { detail: { errorCode: '110' } } })
    },
  )

  test('keeps a sign-in that started with the old password from changing the account', async () => {
    const { id, userName } = await personWithSessions()
    const named = await answerStep(url, await startJourney(url, 'PauseThenChange'), [userName])
    const paused = await answerStep(url, named, [password])
    expect((await patch(id, 'password', 'Second-Pass-2026')).status).toBe(200)
    const end = await answerStep(url, paused, [0])
    expect(end).toMatchObject({ status: 401, body: { detail: { errorCode: '110' } } })
    expect((await ask(`${people}/${id}`)).body.telephoneNumber).toBeUndefined()
  })

  test('doesn’t affect a sign-in that makes a change itself and continues', async () => {
    const { userName, own } = await personWithSessions()
    const end = await answerStep(url, await signingIn('ChangeThenPause', userName), [0])
    expect(end.body.tokenId).toBeDefined()
    expect(await isAlive(own)).toBe(false)
  })
})

describe('a check', () => {
  const consume = (agent: string, reference: string) =>
    ask(`${realm}/help-desk/verifications/${reference}?_action=use`, { method: 'POST', body: {}, as: agent })

  test('that is approved or whose result is used ends the other sessions and notifies the person', async () => {
    const agent = await agentSignsIn(url)
    const before = await signIn(url, 'alex', 'Alex-Pass-2026')
    const check = await deskOpens(url, agent, { journey: 'VerifyWithCode' })
    const { body } = await ask(`${realm}/help-desk/verifications/${check.reference}`, { as: agent })
    const coded = await answerStep(url, await answerStep(url, await callerOpens(url, check.id), [0]), [
      body.verification.code,
    ])
    const end = await answerStep(url, coded, ['Alex-Pass-2026'])
    const approving = String(end.body.tokenId)
    expect([await isAlive(before), await isAlive(approving), await isAlive(agent)]).toEqual([
      false,
      true,
      true,
    ])
    const [notice] = await mailsTo('alex@example.com', 1)
    expect(notice?.subject).toBe('The help desk of Larkfield Health has verified you')

    const later = await signIn(url, 'alex', 'Alex-Pass-2026')
    expect((await consume(agent, check.reference)).status).toBe(200)
    expect([await isAlive(later), await isAlive(approving), await isAlive(agent)]).toEqual([
      false,
      true,
      true,
    ])
    const [, used] = await mailsTo('alex@example.com', 2)
    expect(used?.subject).toBe('The help desk of Larkfield Health is changing your account')
    expect(used?.body).toContain('Unlock the account')

    const after = await signIn(url, 'alex', 'Alex-Pass-2026')
    expect((await consume(agent, check.reference)).status).toBe(409)
    expect(await isAlive(after)).toBe(true)
  })

  test('that is not approved ends no session', async () => {
    const agent = await agentSignsIn(url)
    const own = await signIn(url, 'alex', 'Alex-Pass-2026')
    const check = await deskOpens(url, agent)
    await callerSignsIn(url, check.id, 'wrong')
    expect(await isAlive(own)).toBe(true)
  })
})
