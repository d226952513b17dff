import { afterAll, beforeAll, expect, test } from 'vitest'
import { exampleIdentity } from '../../src/store/contract/examples.ts'
import type { Stores } from '../../src/store/stores.ts'
import { get, signInAsAdministrator } from '../support/backchannel-client.ts'
import { FeedReader } from '../support/feed-reader.ts'
import {
  agentOpens,
  agentSignsIn,
  agentWatches,
  callerOpens,
  deskOpens,
  letAnyoneStartChecks,
  linkOf,
} from '../support/help-desk-play.ts'
import { saveJourney, saveVariant, scripted } from '../support/prepared-folder.ts'
import { logLines, startPrepared } from '../support/prepared-server.ts'
import type { TestServer } from '../support/start-server.ts'
import { signIn } from '../support/wire.ts'

/** A caller's journey whose notification contains members that agents must not see. */
const indiscreetScript = `
  nodeState.putShared("told", {
    journeyStatus: "Signing in", department: "Radiology", oneTimePassword: "83114", device: { pin: "2580" }
  });
  action.goTo("tell");`

let server: TestServer
let url: string
let session: string
let administrator: string

async function prepare(stores: Stores): Promise<void> {
  const person = (id: string, userName: string, attributes: Record<string, string>) =>
    stores.identities.create(exampleIdentity({ id, userName, attributes, roles: [] }))
  await person('elena', 'elena.marsh', {
    givenName: 'Elena',
    sn: 'Marsh',
    cn: 'Elena Marsh',
    mail: 'elena@larkfield.example',
    telephoneNumber: '+15557342',
    department: 'Radiology',
    employeeNumber: '4711',
    description: '',
  })
  await person('ortega', 'mortega', { givenName: 'Marta', sn: 'Ortega', cn: 'Marta Ortega' })
  for (let index = 0; index < 25; index++) {
    await person(`many${index}`, `quentin${index}`, { sn: 'Quentin', cn: `Quentin ${index}` })
  }
  await saveJourney(stores, 'Check', {
    open: {
      type: 'BackChannelInitNode',
      config: { tree: 'Login' },
      to: { created: 'success', error: 'failure' },
    },
  })
  await saveJourney(stores, 'Plain', { ask: { type: 'UsernameCollectorNode', to: { outcome: 'success' } } })
  await saveJourney(
    stores,
    'Off',
    { ask: { type: 'UsernameCollectorNode', to: { outcome: 'success' } } },
    { enabled: false },
  )
  await saveJourney(stores, 'Telltale', {
    think: await scripted(stores, 'telltale', indiscreetScript, { tell: 'tell' }),
    tell: {
      type: 'BackchannelNotificationNode',
      config: { dataKey: 'told' },
      to: { success: 'ask', error: 'failure' },
    },
    ask: { type: 'UsernameCollectorNode', to: { outcome: 'failure' } },
  })
  await saveVariant(stores, 'HelpDesk', 'Overheard', { BackChannelInitNode: { tree: 'Telltale' } })
}

beforeAll(async () => {
  server = await startPrepared(prepare)
  url = server.url
  await letAnyoneStartChecks(url, { onlyAgentsStartChecks: false })
  session = await agentSignsIn(url)
  administrator = await signInAsAdministrator(url)
})

afterAll(() => server.stop())

const people = async (text: string, as = session) =>
  get(url, `help-desk/people?${new URLSearchParams({ q: text })}`, { session: as })

const namesOf = async (text: string) => {
  const { body } = await people(text)
  return (body.result as { userName: string }[]).map(({ userName }) => userName)
}

async function putSettings(settings: object, as = administrator) {
  const answer = await fetch(`${url}/json/realms/root/realms/alpha/realm-config/help-desk`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json', iplanetdirectorypro: as },
    body: JSON.stringify(settings),
  })
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
}

test('a desk reads who is signed in and what the realm offers', async () => {
  expect(await get(url, 'help-desk', { session })).toMatchObject({
    status: 200,
    body: {
      organisation: 'Larkfield Health',
      agent: {
        _id: 'aa1c497b-09de-4eb9-95a0-d1981e9604eb',
        userName: 'dana',
        displayName: 'Dana Desk',
      },
      checks: [
        {
          journey: 'VerifyWithCode',
          title: 'Verify with a code',
          description: expect.stringContaining('read out a code'),
          takesMail: true,
          lifeSeconds: 300,
        },
        expect.objectContaining({ journey: 'FallbackLadder', takesMail: true }),
        expect.objectContaining({ journey: 'TwoAgents', takesMail: true }),
        expect.objectContaining({ journey: 'HelpDesk', takesMail: true }),
      ],
      actions: expect.arrayContaining(['Reset the password']),
      transactionSeconds: 180,
    },
  })
})

test('a desk reads the actions in the language of the agent', async () => {
  const textsIn = async (query: string) =>
    (await get(url, `help-desk${query}`, { session })).body.actionTexts as unknown
  expect(await textsIn('?locale=de-AT')).toMatchObject({ 'Reset the password': 'Passwort zurücksetzen' })
  expect(await textsIn('?locale=ar')).toMatchObject({ 'Reset the password': 'إعادة تعيين كلمة المرور' })
  expect(await textsIn('?locale=nl')).toEqual({})
})

test('a desk sees the attributes that the realm lists, with the number masked', async () => {
  const { status, body } = await people('elena')
  expect(status).toBe(200)
  expect(body.result).toEqual([
    {
      _id: 'elena',
      userName: 'elena.marsh',
      givenName: 'Elena',
      sn: 'Marsh',
      mail: 'elena@larkfield.example',
      telephoneNumber: '•••• 42',
      department: 'Radiology',
      accountStatus: 'active',
      hasMail: true,
      hasNumber: true,
      pausedUntil: null,
    },
  ])
  expect(body).toMatchObject({ resultCount: 1, hasMore: false })
})

test('a person without an address is marked as such', async () => {
  const { body } = await people('mortega')
  expect(body.result).toEqual([
    {
      _id: 'ortega',
      userName: 'mortega',
      givenName: 'Marta',
      sn: 'Ortega',
      accountStatus: 'active',
      hasMail: false,
      hasNumber: false,
      pausedUntil: null,
    },
  ])
})

test.each<[string, string, string[]]>([
  ['the whole name', 'elena marsh', ['elena.marsh']],
  ['the beginnings of both names', 'ele mar', ['elena.marsh']],
  ['the last name first', 'MARSH elena', ['elena.marsh']],
  ['an email address', 'elena@lark', ['elena.marsh']],
  ['a username', 'mort', ['mortega']],
  ['a whole number', '+15557342', ['elena.marsh']],
  ['the beginning of a number', '+1555734', []],
  ['the beginning of a number, many times', '+1555', []],
  ['a number with separators', '+1 (555) 73-42', ['elena.marsh']],
  ['a number without its plus', '15557342', ['elena.marsh']],
  ['blanks around it', '  elena  ', ['elena.marsh']],
  ['the inside of a name', 'arsh', []],
  ['one matching and one other name', 'elena ortega', []],
  ['a wildcard', '%%', []],
  ['an attribute that isn’t searched', '4711', []],
  ['the end of a number', '7342', []],
])('people are found by %s', async (_case, text, names) => {
  expect((await namesOf(text)).toSorted()).toEqual(names)
})

test('an inactive person is found and marked as such', async () => {
  const { body } = await people('kim')
  expect(body.result).toMatchObject([{ userName: 'kim', accountStatus: 'inactive' }])
})

test('a search shows at most twenty people and says if there are more', async () => {
  const { body } = await people('quentin')
  expect(body).toMatchObject({ resultCount: 20, hasMore: true })
  expect(await namesOf('quentin24')).toEqual(['quentin24'])
})

test.each(['', ' ', 'a', ' a ', 'x'.repeat(65)])('the text %j is rejected for its length', async (text) => {
  expect((await people(text)).status).toBe(400)
})

test('the audit entry of a search contains the number of results and never the text', async () => {
  await people('elena')
  const line = logLines(server).findLast(({ eventName }) => eventName === 'SIDEGATE-HELPDESK-SEARCH')
  expect(line).toMatchObject({ who: { name: 'dana', realm: '/alpha' }, count: 1 })
  expect(JSON.stringify(line)).not.toContain('elena')
})

test('attributes that the realm does not show are not searched', async () => {
  const found = async (text: string, fields: string[]) => {
    expect((await putSettings({ fields })).status).toBe(200)
    const { body } = await people(text)
    return { count: body.resultCount, hasMore: body.hasMore }
  }
  const { body } = await get(url, 'realm-config/help-desk', { session: administrator })
  const none = { count: 0, hasMore: false }
  expect(await found('+15557342', ['userName'])).toEqual(none)
  expect(await found('+15557342', ['telephoneNumber'])).toEqual({ count: 1, hasMore: false })
  expect(await found('elena@lark', ['givenName', 'sn'])).toEqual(none)
  expect(await found('mort', ['sn'])).toEqual(none)
  expect(await found('elena marsh', ['givenName'])).toEqual(none)
  expect(await found('quentin', ['givenName'])).toEqual(none)
  expect(await found('quentin', [])).toEqual(none)
  expect(await found('quentin 24', ['cn'])).toEqual({ count: 1, hasMore: false })
  await putSettings({ fields: body.fields })
})

test('searches of an agent are limited, and equal searches have equal hashes in the audit book', async () => {
  await people('Elena')
  await people('elena')
  await people('mortega')
  await putSettings({ maxSearchesPerAgent: 1 })
  const refused = await people('elena')
  expect(refused).toMatchObject({ status: 429, body: { detail: { problem: 'tooManySearches' } } })
  expect((await people('elena', administrator)).status).toBe(200)
  await putSettings({ maxSearchesPerAgent: 300 })
  const searches = logLines(server).filter(({ eventName }) => eventName === 'SIDEGATE-HELPDESK-SEARCH')
  const [one, same, other, full] = searches.slice(-5).map(({ textHash, result }) => ({ textHash, result }))
  expect(one?.textHash).toMatch(/^[\w-]{43}$/)
  expect(same?.textHash).toBe(one?.textHash)
  expect(other?.textHash).not.toBe(one?.textHash)
  expect(full).toEqual({ textHash: one?.textHash, result: 'FAILED' })
})

test.each(['help-desk', 'help-desk/people?q=elena'])('%s is for agents of the realm', async (path) => {
  expect((await get(url, path)).status).toBe(401)
  const alex = await signIn(url, 'alex', 'Alex-Pass-2026')
  expect((await get(url, path, { session: alex })).status).toBe(403)
  expect((await get(url, path, { session, realm: '/' })).status).toBe(403)
  expect((await get(url, path, { session: administrator })).status).toBe(200)
})

test('the realm decides what a desk offers and shows', async () => {
  const before = (await get(url, 'realm-config/help-desk', { session: administrator })).body
  expect(before).toMatchObject({
    organisation: 'Larkfield Health',
    emailTemplate: 'helpDeskLink',
    mailQuietHours: 24,
  })
  const changed = await putSettings({
    checks: [
      { journey: 'Check' },
      { journey: 'Plain', title: 'Plain one', description: 'Asks nothing' },
      { journey: 'Off' },
      { journey: 'Nowhere' },
    ],
    actions: ['Wave'],
    fields: ['sn', 'employeeNumber'],
    organisation: '',
  })
  expect(changed.status).toBe(200)
  const offered = (await get(url, 'help-desk', { session })).body
  expect(offered).toMatchObject({
    organisation: 'alpha',
    actions: ['Wave'],
    checks: [
      { journey: 'Check', title: 'Check', description: '', takesMail: false, lifeSeconds: 180 },
      {
        journey: 'Plain',
        title: 'Plain one',
        description: 'Asks nothing',
        takesMail: false,
        lifeSeconds: 180,
      },
    ],
  })
  expect((await people('marsh')).body.result).toEqual([
    { _id: 'elena', sn: 'Marsh', employeeNumber: '4711', hasMail: true, hasNumber: true, pausedUntil: null },
  ])
  await putSettings({ checks: [] })
  const all = (await get(url, 'help-desk', { session })).body.checks as { journey: string }[]
  expect(all.map(({ journey }) => journey).toSorted()).toEqual([
    'Check',
    'FallbackLadder',
    'HelpDesk',
    'HelpDeskLink',
    'Overheard',
    'TwoAgents',
    'VerifyWithCode',
  ])
  const { _id, _rev, ...rest } = before
  expect((await putSettings(rest)).body).toMatchObject(rest)
})

test.each<[string, object]>([
  ['a secret attribute', { fields: ['password'] }],
  ['security answers', { fields: ['kbaInfo'] }],
  ['a check without a journey', { checks: [{ title: 'No journey' }] }],
  ['a password among the members of notifications', { notificationKeys: ['oneTimePassword'] }],
  ['an action without a text', { actions: [''] }],
  ['a negative number of hours', { mailQuietHours: -1 }],
  ['an unknown member', { actionz: [] }],
])('settings with %s are rejected', async (_case, settings) => {
  expect((await putSettings(settings)).status).toBe(400)
})

test('agents can’t change the settings', async () => {
  expect((await putSettings({ actions: ['Wave'] }, session)).status).toBe(403)
  expect((await get(url, 'realm-config/help-desk', { session })).status).toBe(403)
})

/**
 * All that the desk's endpoints show of a check: its feed from the start and resumed, its row and its
 * timeline.
 */
async function everythingOf(reference: string) {
  const headers = { iplanetdirectorypro: session }
  const fresh = await FeedReader.open(url, { reference, headers })
  const later = await FeedReader.open(url, { reference, headers: { ...headers, 'last-event-id': '1' } })
  const [[snapshot], [event]] = [await fresh.first(1), await later.first(1)]
  await Promise.all([fresh.leave(), later.leave()])
  const answers = [
    await get(url, `help-desk/verifications/${reference}`, { session }),
    await get(url, 'help-desk/verifications', { session }),
    await get(url, `backchannel-transactions/${reference}`, { session: administrator }),
  ]
  return { snapshot, event, answers, text: JSON.stringify([snapshot, event, answers]) }
}

test('a desk sees only the members of notifications that the realm lists', async () => {
  await putSettings({ checks: [] })
  const { id, reference } = await deskOpens(url, session, { journey: 'Overheard' })
  await callerOpens(url, id)
  const usual = await everythingOf(reference)
  expect(usual.snapshot?.data).toMatchObject({ notificationData: { journeyStatus: 'Signing in' } })
  expect(usual.event?.data.data).toEqual({ journeyStatus: 'Signing in' })
  expect(usual.answers[0]?.body).toMatchObject({ lastKind: 'notification', lastText: 'Signing in' })
  expect(usual.text).not.toMatch(/Radiology|83114|2580/)

  await putSettings({ notificationKeys: ['department', 'device'] })
  const changed = await everythingOf(reference)
  expect(changed.event?.data.data).toEqual({ department: 'Radiology' })
  expect(changed.answers[0]?.body).toMatchObject({ lastText: null })
  expect(changed.text).not.toMatch(/Signing in|83114|2580/)
  await putSettings({ notificationKeys: ['journeyStatus'] })
})

test('a transaction that isn’t a check shows whole notifications, as AM does', async () => {
  const page = await agentOpens(url, 'Overheard')
  await callerOpens(url, (await linkOf(url, page)).id)
  const feed = await agentWatches(url, page)
  const [snapshot] = await feed.first(1)
  await feed.leave()
  expect(snapshot?.data.notificationData).toMatchObject({ oneTimePassword: '83114', device: { pin: '2580' } })
})
