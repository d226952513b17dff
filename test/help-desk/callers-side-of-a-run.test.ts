import { afterAll, beforeAll, expect, test } from 'vitest'
import { signInAsAdministrator } from '../support/backchannel-client.ts'
import {
  agentSignsIn,
  agentWaits,
  caller,
  callerEnters,
  callerOpens,
  deskOpens,
  letAnyoneStartChecks,
} from '../support/help-desk-play.ts'
import { saveJourney, saveVariant, scripted } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import { type Ask, asking, audited } from '../support/rest.ts'
import type { TestServer } from '../support/start-server.ts'
import { answerStep, authenticate, filledIn, output, startJourney, stepOf } from '../support/wire.ts'

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
    const shows = `var seen = ['user-agent', 'sec-ch-ua-mobile', 'accept-language'].map(function (name) {
        return requestHeaders.get(name) ? requestHeaders.get(name).get(0) : 'none'
      })
      if (callbacks.isEmpty()) callbacksBuilder.textInputCallback(seen.join(' | '))
      else outcome = 'next'`
    await saveJourney(stores, 'Shows', { show: await scripted(stores, 'Shows', shows, { next: 'show' }) })
    await saveVariant(stores, 'HelpDesk', 'OpensShows', { BackChannelInitNode: { tree: 'Shows' } })
  })
  url = server.url
  administrator = await signInAsAdministrator(url)
  ask = asking(url, administrator)
})
afterAll(() => server.stop())

const watch = (body: object, more: Parameters<Ask>[1] = {}) =>
  ask(`${alpha}/journey-sessions?_action=watch`, { method: 'POST', body, ...more })

type Watched = { query?: string; session?: string; userAgent?: string }

/** Starts a watched run. @returns its id, and its first page. */
async function watched(journey: string, { query = '', session = '', ...device }: Watched = {}) {
  const { body } = await watch({ journey, ...device })
  const headers = { [body.header]: body.key, ...(session === '' ? {} : { iplanetdirectorypro: session }) }
  const page = await startJourney(url, journey, { query: `&ForceAuth=true${query}`, headers })
  const [run] = (await ask(`${alpha}/journey-sessions?watch=${body.watch}`)).body.result
  return { id: String(run._id), page }
}

/** An agent's journey, watched up to the page that waits for the caller. */
async function openedRun(journey = 'HelpDesk', device: Pick<Watched, 'userAgent'> = {}) {
  const session = await agentSignsIn(url)
  const { id, page } = await watched(journey, { session, ...device })
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
  const start = { at: 1, query, language: 'fr-CA', userAgent: 'Phone/1', status: 200, response: page.body }
  const request = filledIn(stepOf(page), caller.userName, caller.password)
  const end = await authenticate(url, { body: request })
  const answered = { at: 2, query: {}, request, status: 200, response: end.body }

  const { status, body } = await keep([start, answered])
  expect(status).toBe(200)
  expect(body.secrets).toEqual([])
  expect(body.file).toContain(`{ NameCallback: alex, PasswordCallback: "\${alex.password}" }`)
  expect(body.file).toContain('loginCount: changed')
  expect(body.file).toContain('headers: { Accept-Language: fr-CA, User-Agent: Phone/1 }')

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

/** Headers of a client. */
const mine = { 'user-agent': 'Mine/1', 'sec-ch-ua-mobile': '?0', 'accept-language': 'fr-CA' }
const phone = 'Phone/1 (of the run)'
const asPhone = `${phone} | none | fr-CA`
const asMine = 'Mine/1 | ?0 | fr-CA'
const seen = (answer: Parameters<typeof output>[0]) => output(answer, 'prompt')

test('every request of a run has the user agent that its key names, and all else of its client', async () => {
  const { key, header } = (await watch({ journey: 'Shows', userAgent: phone })).body
  expect(key).not.toContain(phone)
  const first = await startJourney(url, 'Shows', { headers: { ...mine, [header]: key } })
  expect(seen(first)).toBe(asPhone)
  // Later requests come without the key.
  expect(seen(await answerStep(url, first, [''], { headers: mine }))).toBe(asPhone)

  const { body } = await watch({ journey: 'Shows' })
  const own = await startJourney(url, 'Shows', { headers: { ...mine, [body.header]: body.key } })
  expect(seen(own)).toBe(asMine)
})

test('no client gives itself the user agent of a key that did not start its run', async () => {
  const { key, header } = (await watch({ journey: 'Shows', userAgent: phone })).body
  const first = await startJourney(url, 'Shows', { headers: mine })
  expect(seen(first)).toBe(asMine)
  expect(seen(await answerStep(url, first, [''], { headers: { ...mine, [header]: key } }))).toBe(asMine)

  // The key starts one run of its journey in its realm, as it was issued.
  const start = (journey: string, by: string) =>
    startJourney(url, journey, { headers: { ...mine, [header]: by } })
  expect((await start('Plants', key)).status).toBe(400)
  expect((await start('Shows', `${key.slice(0, -2)}AA`)).status).toBe(400)
  expect(seen(await start('Shows', key))).toBe(asPhone)
  expect((await start('Shows', key)).status).toBe(400)
})

test('only administrators of journeys give a run a user agent', async () => {
  const body = { journey: 'Shows', userAgent: phone }
  expect((await watch(body, { as: await agentSignsIn(url) })).status).toBe(403)
  expect((await watch(body, { as: '' })).status).toBe(401)
})

test('the caller has a device of their own: the one of their link, or the one of the caller’s side', async () => {
  await letAnyoneStartChecks(url)
  const byLink = await openedRun('OpensShows', { userAgent: phone })
  const { transaction } = (await goOn(byLink.id)).body
  expect(seen(await callerOpens(url, transaction, { headers: mine }))).toBe(asMine)

  const beside = await openedRun('OpensShows')
  const side = (await goOn(beside.id, { body: { userAgent: phone } })).body
  const headers = { ...mine, [side.header]: side.key }
  expect(seen(await callerOpens(url, side.transaction, { headers }))).toBe(asPhone)
})

test.each([
  ['must be at most 400 characters', 'x'.repeat(401)],
  ['must be printable ASCII characters, without spaces at the ends', 'x\r\nx-forwarded-for: 1.2.3.4'],
  ['must be printable ASCII characters, without spaces at the ends', 'Naïve/1'],
  ['must be printable ASCII characters, without spaces at the ends', ''],
  ['must be text', 5],
])('a user agent %s', async (message, userAgent) => {
  const { id } = await openedRun()
  for (const answer of [await watch({ userAgent }), await goOn(id, { body: { userAgent } })]) {
    expect(answer).toMatchObject({ status: 400, body: { message: `userAgent: ${message}` } })
  }
})
