import { afterAll, beforeAll, expect, test } from 'vitest'
import { signInAsAdministrator } from '../support/backchannel-client.ts'
import {
  agentSignsIn,
  agentWaits,
  caller,
  callerEnters,
  callerOpens,
  deskOpens,
} from '../support/help-desk-play.ts'
import { saveJourney, scripted } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import { type Ask, asking, audited } from '../support/rest.ts'
import type { TestServer } from '../support/start-server.ts'
import { answerStep, authenticate, filledIn, startJourney, stepOf } from '../support/wire.ts'

const alpha = '/realms/root/realms/alpha'

let server: TestServer
let url: string
let administrator: string
let ask: Ask
beforeAll(async () => {
  server = await startPrepared(async (stores) => {
    const plants = `nodeState.putShared('backchannel-transaction', requestParameters.get('other').get(0))
      if (callbacks.isEmpty()) callbacksBuilder.textInputCallback('?')
      else outcome = 'next'`
    await saveJourney(stores, 'Plants', {
      plant: await scripted(stores, 'Plants', plants, { next: 'success' }),
    })
  })
  url = server.url
  administrator = await signInAsAdministrator(url)
  ask = asking(url, administrator)
})
afterAll(() => server.stop())

/** Starts a watched run. @returns its id, and its first page. */
async function watched(journey: string, { query = '', session = '' } = {}) {
  const { body } = await ask(`${alpha}/journey-sessions?_action=watch`, { method: 'POST', body: { journey } })
  const headers = { [body.header]: body.key, ...(session === '' ? {} : { iplanetdirectorypro: session }) }
  const page = await startJourney(url, journey, { query: `&ForceAuth=true${query}`, headers })
  const [run] = (await ask(`${alpha}/journey-sessions?watch=${body.watch}`)).body.result
  return { id: String(run._id), page }
}

/** An agent's journey, watched up to the page that waits for the caller. */
async function openedRun() {
  const session = await agentSignsIn(url)
  const { id, page } = await watched('HelpDesk', { session })
  const waiting = await answerStep(url, page, [caller.mail], { headers: { iplanetdirectorypro: session } })
  return { id, waiting }
}

const goOn = (id: string, asked: Parameters<Ask>[1] = {}, realm = alpha) =>
  ask(`${realm}/journey-sessions/${id}?_action=continueAsCaller`, { method: 'POST', body: {}, ...asked })

test('the session that started a run goes on as the caller, and watches both sides', async () => {
  const { id, waiting } = await openedRun()
  const { status, body } = await goOn(id)
  expect(status).toBe(201)
  expect(body.journey).toBe('VerifyCaller')

  const page = await callerOpens(url, body.transaction, { headers: { [body.header]: body.key } })
  expect((await callerEnters(url, page)).status).toBe(200)
  expect((await agentWaits(url, waiting)).status).toBe(200)

  const [callers] = (await ask(`${alpha}/journey-sessions?watch=${body.watch}`)).body.result
  expect(callers).toMatchObject({ journey: 'VerifyCaller', outcome: 'success', isWatched: true })
  const records = await Promise.all([id, callers._id].map((each) => ask(`${alpha}/journey-sessions/${each}`)))
  const entries = await audited(ask, '_pageSize=100')
  expect(entries).toContainEqual(
    expect.objectContaining({
      what: { kind: 'journey-sessions', id, name: id, operation: 'ACTION', action: 'continueAsCaller' },
    }),
  )
  const kept = JSON.stringify([records.map((each) => each.body), entries]) + server.logged()
  for (const secret of [body.transaction, body.key, administrator]) expect(kept).not.toContain(secret)
})

test('no other session goes on as the caller', async () => {
  const { id } = await openedRun()
  const sameAdministrator = await signInAsAdministrator(url)
  expect(await goOn(id, { as: sameAdministrator })).toMatchObject({
    status: 403,
    body: { message: 'Only the session that started a watched run can go on as the caller' },
  })
  expect((await goOn(id, { as: await agentSignsIn(url) })).status).toBe(403)
  expect((await goOn(id, { as: '' })).status).toBe(401)
  expect((await goOn(id, {}, '/realms/root')).status).toBe(404)
  expect((await goOn(id)).status).toBe(201)
})

test('nobody goes on as the caller of a run that is not watched', async () => {
  const { reference } = await deskOpens(url, await agentSignsIn(url))
  const { result } = (await ask(`${alpha}/journey-sessions?journey=HelpDesk&outcome=underway`)).body
  const id = result.find(({ isWatched }: { isWatched: boolean }) => !isWatched)._id
  expect(reference).not.toBe('')
  expect((await goOn(id)).status).toBe(403)
})

test('a run goes on only with the open transaction that it opened itself', async () => {
  const desk = await deskOpens(url, await agentSignsIn(url))
  const planted = await watched('Plants', { query: `&other=${desk.id}` })
  expect((await goOn(planted.id)).status).toBe(404)

  const { id } = await openedRun()
  const { transaction } = (await goOn(id)).body
  await callerEnters(url, await callerOpens(url, transaction))
  expect((await goOn(id)).status).toBe(404)
  expect((await goOn('unknown')).status).toBe(404)
})

test('a watched run becomes a walk without its secrets, and nothing of it is stored', async () => {
  const { id, page } = await watched('Login')
  const keep = (requests: unknown, run = id, more = {}, realm = alpha) =>
    ask(`${realm}/journey-sessions/${run}?_action=keepAsTest`, {
      method: 'POST',
      body: { requests },
      ...more,
    })
  const query = { authIndexType: 'service', authIndexValue: 'Login' }
  const start = { at: 1, query, status: 200, response: page.body }
  const request = filledIn(stepOf(page), caller.userName, caller.password)
  const end = await authenticate(url, { body: request })
  const answered = { at: 2, query: {}, request, status: 200, response: end.body }

  const { status, body } = await keep([start, answered])
  expect(status).toBe(200)
  expect(body.secrets).toEqual([])
  expect(body.file).toContain(`{ NameCallback: alex, PasswordCallback: "\${alex.password}" }`)
  expect(body.file).toContain('loginCount: changed')

  expect((await keep([answered])).status).toBe(400)
  expect((await keep([{ at: 'now' }])).status).toBe(400)
  expect((await keep([start], 'unknown')).status).toBe(404)
  expect((await keep([start], id, {}, '/realms/root')).status).toBe(404)
  expect((await keep([start], id, { as: await agentSignsIn(url) })).status).toBe(403)
  const run = (await ask(`${alpha}/journey-sessions/${id}`)).body
  const kept = body.file + JSON.stringify([run, await audited(ask, '_pageSize=100')]) + server.logged()
  for (const secret of [caller.password, stepOf(page).authId, String(end.body.tokenId)]) {
    expect(kept).not.toContain(secret)
  }
})
