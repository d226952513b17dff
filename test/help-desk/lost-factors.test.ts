import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sampleSettings } from '../../src/starters/samples.ts'
import { callerOpens, linkOf } from '../support/help-desk-play.ts'
import { saveRealm } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import { type Ask, asking } from '../support/rest.ts'
import { requestOf, secondAgentApproves } from '../support/second-agent.ts'
import { adminPassword, type TestServer } from '../support/start-server.ts'
import { type App, registerApp, saveTwoFactors } from '../support/two-factor-play.ts'
import { answerStep, signIn, startJourney, type WireAnswer } from '../support/wire.ts'

// Every action of the samples, for callers who lost a password, an app or both. `test/browser/caller-passkey.test.ts` plays the passkey.

const alpha = '/realms/root/realms/alpha'
const password = 'Alex-Pass-2026'
const { actions, strongActions } = sampleSettings().helpDesk

/** The choices of the check, by their position on the page. */
const rungs = { both: 1, password: 2, app: 3, manager: 5 }

/** The people of the samples, for a realm without them. */
const people = [
  { userName: 'alex', cn: 'Alex Caller', password, manager: 'mira' },
  { userName: 'mira', cn: 'Mira Marlow', password: 'Mira-Pass-2026' },
  { userName: 'dana', cn: 'Dana Desk', password: 'Dana-Pass-2026', role: 'agent' },
  { userName: 'noor', cn: 'Noor Night', password: 'Noor-Pass-2026', role: 'agent' },
]

async function fillEmptyRealm(ask: Ask) {
  for (const starter of ['sign-in', 'help-desk']) {
    const path = `${alpha}/realm-config/starters/${starter}?_action=add`
    expect((await ask(path, { method: 'POST', body: {} })).status).toBe(200)
  }
  const all = '/openidm/managed/alpha_user'
  for (const { role, ...person } of people) {
    const [givenName, sn] = person.cn.split(' ')
    const body = { ...person, givenName, sn, mail: `${person.userName}@example.com` }
    const created = await ask(`${all}?_action=create`, { method: 'POST', body })
    expect(created.status).toBe(201)
    if (role === undefined) continue
    await ask(`${all}/${created.body._id}?_action=setRoles`, { method: 'POST', body: { roles: [role] } })
  }
}

describe.each([
  ['the samples', true],
  ['an empty realm with the starters', false],
])('with %s', (_where, withSamples) => {
  let server: TestServer
  let ask: Ask
  let app: App
  let aheadMs = 0
  const pass = (minutes: number) => {
    aheadMs += minutes * 60_000
  }

  beforeAll(async () => {
    server = await startPrepared(
      async (stores) => {
        if (!withSamples) await saveRealm(stores, '/alpha')
        await saveTwoFactors(stores)
      },
      { withSamples },
      { now: () => Date.now() + aheadMs },
    )
    if (!withSamples) await fillEmptyRealm(await administrator())
    app = await registerApp(server.url, 'alex')
  })
  afterAll(() => server.stop())

  /** Sessions end while time passes. */
  const administrator = async () =>
    asking(server.url, await signIn(server.url, 'amadmin', adminPassword, '/'))

  /** The agent starts the check, and a second agent approves it if the check asks for one. */
  async function starts(dana: string, action: string, rung: number) {
    const headers = { iplanetdirectorypro: dana }
    const query = `&ForceAuth=true&${new URLSearchParams({ action })}`
    let page = await startJourney(server.url, 'FallbackLadder', { query, headers })
    page = await answerStep(server.url, page, ['alex@example.com'], { headers })
    page = await answerStep(server.url, page, [rung], { headers })
    const isSeconded = requestOf(page) !== ''
    if (isSeconded) page = await secondAgentApproves(server.url, page, headers)
    return { ...(await linkOf(server.url, page)), isSeconded }
  }

  async function verified(action: string, rung: number, proofs: () => unknown[][]) {
    // Limits of earlier checks end, and codes of the app count once.
    pass(61)
    ask = await administrator()
    const dana = await signIn(server.url, 'dana', 'Dana-Pass-2026')
    const { id, reference, isSeconded } = await starts(dana, action, rung)
    const read = async () =>
      (await ask(`${alpha}/help-desk/verifications/${reference}`, { as: dana })).body.verification
    let page: WireAnswer = await answerStep(server.url, await callerOpens(server.url, id), [0])
    page = await answerStep(server.url, page, [(await read()).code])
    for (const values of proofs()) page = await answerStep(server.url, page, values)
    expect(page.body.tokenId, JSON.stringify(page.body)).toEqual(expect.any(String))
    const use = async () =>
      ask(`${alpha}/help-desk/verifications/${reference}?_action=use`, {
        method: 'POST',
        body: {},
        as: await signIn(server.url, 'dana', 'Dana-Pass-2026'),
      })
    return { isSeconded, grant: (await read()).grant, use }
  }

  const code = () => [app.codeAt(Math.floor((Date.now() + aheadMs) / 1000)), 0]

  test.each(actions)('“%s” works at once for callers who lost nothing', async (action) => {
    const check = await verified(action, rungs.both, () => [[password], code()])
    expect(check).toMatchObject({ isSeconded: false, grant: { state: 'ready' } })
    expect((await check.use()).status).toBe(200)
  })

  describe.each([
    ['password', rungs.app, () => [code()]],
    ['app', rungs.password, () => [[password]]],
    ['password and the app', rungs.manager, () => [['Mira-Pass-2026']]],
  ])('a caller who lost the %s', (_lost, rung, proofs) => {
    test.each(actions)('is verified for “%s”', async (action) => {
      const isStrong = strongActions.includes(action)
      const check = await verified(action, rung, proofs)
      expect(check.isSeconded).toBe(isStrong)
      expect(check.grant.state).toBe(isStrong ? 'waiting' : 'ready')
      if (isStrong) {
        expect((await check.use()).body).toMatchObject({ code: 409, detail: { problem: 'waiting' } })
        pass(60)
      }
      expect((await check.use()).status).toBe(200)
    })
  })

  test('no check is refused or lacks anything for these actions', async () => {
    ask = await administrator()
    const dana = await signIn(server.url, 'dana', 'Dana-Pass-2026')
    const { body } = await ask(`${alpha}/help-desk/people?q=alex`, { as: dana })
    for (const action of actions) {
      const query = new URLSearchParams({ action })
      const path = `${alpha}/help-desk/people/${body.result[0]._id}/requirements?${query}`
      const requirements = (await ask(path, { as: dana })).body
      expect(requirements.checks).toContainEqual({ journey: 'FallbackLadder', lacks: [], isRefused: false })
    }
  })
})
