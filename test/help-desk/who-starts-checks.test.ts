import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newBackchannelToken, openTransaction, signInAsAdministrator } from '../support/backchannel-client.ts'
import { FeedReader } from '../support/feed-reader.ts'
import {
  agentSignsIn,
  agentWatches,
  caller,
  callerOpens,
  deskOpens,
  linkOf,
} from '../support/help-desk-play.ts'
import { saveJourney } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import { type Ask, asking, audited } from '../support/rest.ts'
import type { TestServer } from '../support/start-server.ts'
import { answerStep, signIn, startJourney, stepOf } from '../support/wire.ts'

type Opened = Awaited<ReturnType<typeof deskOpens>>

const alpha = '/realms/root/realms/alpha'
const people = '/openidm/managed/alpha_user'
const noor = { name: 'noor', password: 'Noor-Pass-2026' }

let server: TestServer
let url: string
let ask: Ask
let noorId: string

beforeAll(async () => {
  server = await startPrepared((stores) =>
    saveJourney(stores, 'Outer', {
      inside: {
        type: 'InnerTreeEvaluatorNode',
        config: { tree: 'HelpDesk' },
        to: { true: 'success', false: 'failure' },
      },
    }),
  )
  url = server.url
  ask = asking(url, await signInAsAdministrator(url))
  const { body } = await ask(`${people}?_queryFilter=userName+eq+"noor"`)
  noorId = body.result[0]._id
})
afterAll(() => server.stop())

const asSession = (token: string) => ({ iplanetdirectorypro: token })

const start = async (journey: string, session?: string) =>
  startJourney(url, journey, {
    query: '&ForceAuth=true',
    headers: session === undefined ? {} : asSession(session),
  })

const setRolesOfNoor = (roles: string[]) =>
  ask(`${people}/${noorId}?_action=setRoles`, { method: 'POST', body: { roles } })

const openChecks = async () => (await ask(`${alpha}/backchannel-transactions?state=open`)).body.resultCount

describe('a journey that the realm offers as a check', () => {
  test.each(['HelpDesk', 'VerifyWithCode', 'FallbackLadder', 'TwoAgents', 'HelpDeskLink'])(
    '%s starts only for an agent',
    async (journey) => {
      const refusal = {
        message: 'Only a help-desk agent may start this journey',
        detail: { problem: 'notAgent' },
      }
      expect(await start(journey)).toMatchObject({ status: 401, body: refusal })
      const alex = await signIn(url, caller.userName, caller.password)
      expect(await start(journey, alex)).toMatchObject({ status: 403, body: refusal })
      expect((await start(journey, await agentSignsIn(url))).status).toBe(200)
    },
  )

  test('doesn’t start inside another journey', async () => {
    expect((await start('Outer')).status).toBe(401)
  })

  test('doesn’t start through a link that a client opened', async () => {
    const token = await newBackchannelToken(url)
    const id = await openTransaction(url, token, { value: 'HelpDesk' })
    expect((await callerOpens(url, id)).status).toBe(401)
  })

  test('gives strangers the same answer for known and unknown callers', async () => {
    const [known, unknown] = await Promise.all([start('HelpDesk'), start('HelpDesk')])
    expect(known.body).toEqual(unknown.body)
    expect(known.body).not.toHaveProperty('authId')
  })

  test('no longer starts after the role was removed', async () => {
    const session = await signIn(url, noor.name, noor.password)
    expect((await start('HelpDesk', session)).status).toBe(200)
    await setRolesOfNoor([])
    expect((await start('HelpDesk', session)).status).toBe(403)
    await setRolesOfNoor(['agent'])
  })

  test('starts for anyone if the realm allows it', async () => {
    const change = (onlyAgentsStartChecks: boolean) =>
      ask(`${alpha}/realm-config/help-desk`, { method: 'PUT', body: { onlyAgentsStartChecks } })
    await change(false)
    expect((await start('HelpDesk')).status).toBe(200)
    await change(true)
    expect((await start('HelpDesk')).status).toBe(401)
  })
})

describe('a check that an agent started', () => {
  const startCheck = async (session: string) => start('HelpDesk', session)

  test('can’t be opened after the agent signed out, although the authId is still valid', async () => {
    const session = await signIn(url, noor.name, noor.password)
    const page = await startCheck(session)
    await ask(`${alpha}/sessions?_action=logout`, { method: 'POST', as: session })
    const before = await openChecks()
    for (const headers of [{}, asSession(session)]) {
      expect((await answerStep(url, page, [caller.mail], { headers })).status).toBe(401)
    }
    expect(await openChecks()).toBe(before)
  })

  test('can’t be opened without the session or with the session of another agent', async () => {
    const session = await agentSignsIn(url)
    const before = await openChecks()
    for (const headers of [{}, asSession(await signIn(url, noor.name, noor.password))]) {
      expect((await answerStep(url, await startCheck(session), [caller.mail], { headers })).status).toBe(401)
    }
    expect(await openChecks()).toBe(before)
    const [refused] = await audited(ask, 'event=SIDEGATE-VERIFICATION-REFUSED')
    expect(refused).toMatchObject({ who: { name: 'dana' }, whom: { name: 'alex' }, result: 'FAILED' })
  })

  test('can’t be opened after the role was removed', async () => {
    const session = await signIn(url, noor.name, noor.password)
    const page = await startCheck(session)
    await setRolesOfNoor([])
    const before = await openChecks()
    const answer = await answerStep(url, page, [caller.mail], { headers: asSession(session) })
    expect(answer.status).toBe(401)
    expect(await openChecks()).toBe(before)
    await setRolesOfNoor(['agent'])
  })
})

describe('an agent whose role was removed', () => {
  const events = (query: string, headers: Record<string, string>) =>
    fetch(`${url}/json${alpha}/authenticate/backchannel/events${query}`, { headers })

  const statusOf = async (answer: Promise<Response>) => {
    const { status, body } = await answer
    await body?.cancel()
    return status
  }

  const statuses = async (page: Parameters<typeof stepOf>[0], reference: string, session: string) => {
    const journey = { 'x-sidegate-authid': stepOf(page).authId }
    const own = asSession(session)
    const post = async (action: string, body: object, headers: Record<string, string>) =>
      (await ask(`${alpha}/authenticate/backchannel/${action}`, { method: 'POST', body, as: '', headers }))
        .status
    return {
      feedBySession: await statusOf(events(`?reference=${reference}`, own)),
      feedByJourney: await statusOf(events('', journey)),
      check: (await ask(`${alpha}/help-desk/verifications/${reference}`, { as: session })).status,
      mailBySession: await post('send', { reference }, own),
      mailByJourney: await post('send', {}, journey),
      cancelBySession: await post('cancel', { reference }, own),
      cancelByJourney: await post('cancel', {}, journey),
    }
  }

  test('can no longer read, email or cancel their checks, by session or by authId', async () => {
    const session = await signIn(url, noor.name, noor.password)
    const { page, reference } = await deskOpens(url, session)
    await setRolesOfNoor([])
    expect(new Set(Object.values(await statuses(page, reference, session)))).toEqual(new Set([403]))
    await setRolesOfNoor(['agent'])
    expect(await statuses(page, reference, session)).toMatchObject({
      feedBySession: 200,
      feedByJourney: 200,
      check: 200,
      cancelBySession: 200,
    })
  })

  test('can’t read the feed by authId after signing out', async () => {
    const session = await signIn(url, noor.name, noor.password)
    const { page } = await deskOpens(url, session)
    await ask(`${alpha}/sessions?_action=logout`, { method: 'POST', as: session })
    const journey = { 'x-sidegate-authid': stepOf(page).authId }
    expect(await statusOf(events('', journey))).toBe(403)
  })
})

describe('an open feed', () => {
  const readers = {
    'of the agent’s session': (session: string, { reference }: Opened) =>
      FeedReader.open(url, { reference, headers: asSession(session) }),
    'of the journey': (_session: string, { page }: Opened) => agentWatches(url, page),
  }

  const watchAs = async (session: string, open: (typeof readers)['of the journey']) => {
    const opened = await deskOpens(url, session)
    const feed = await open(session, opened)
    await feed.first(1)
    return { feed, id: opened.id }
  }

  describe.each(Object.entries(readers))('%s', (_name, open) => {
    test('tells nothing more after the agent signed out', async () => {
      const session = await signIn(url, noor.name, noor.password)
      const { feed, id } = await watchAs(session, open)
      await ask(`${alpha}/sessions?_action=logout`, { method: 'POST', as: session })
      await callerOpens(url, id)
      expect((await feed.all()).map(({ event }) => event)).toEqual(['snapshot'])
    })

    test('tells nothing more after the agent’s role was removed', async () => {
      const { feed, id } = await watchAs(await signIn(url, noor.name, noor.password), open)
      await setRolesOfNoor([])
      await callerOpens(url, id)
      expect((await feed.all()).map(({ event }) => event)).toEqual(['snapshot'])
      await setRolesOfNoor(['agent'])
    })
  })

  test('of an agent lead tells nothing more after the role was removed', async () => {
    const { id, reference } = await deskOpens(url, await agentSignsIn(url))
    await setRolesOfNoor(['agent-lead'])
    const feed = await FeedReader.open(url, {
      reference,
      headers: asSession(await signIn(url, noor.name, noor.password)),
    })
    await feed.first(1)
    await setRolesOfNoor(['agent'])
    await callerOpens(url, id)
    expect((await feed.all()).map(({ event }) => event)).toEqual(['snapshot'])
  })
})

test('an agent who signs in again can read the check by its reference', async () => {
  const { reference } = await deskOpens(url, await agentSignsIn(url))
  const again = await agentSignsIn(url)
  expect((await ask(`${alpha}/help-desk/verifications/${reference}`, { as: again })).status).toBe(200)
  const { page } = await deskOpens(url, again)
  expect(await linkOf(url, page)).toMatchObject({ link: expect.stringContaining('authIndexValue=') })
})
