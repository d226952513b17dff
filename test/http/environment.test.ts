import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { preparedFolder, saveJourney, saveRealm, scripted } from '../support/prepared-folder.ts'
import { type Ask, asking, audited } from '../support/rest.ts'
import { adminPassword, startServer, type TestServer } from '../support/start-server.ts'
import { answerStep, output, signIn, startJourney } from '../support/wire.ts'

const base64 = (text: string) => Buffer.from(text).toString('base64')
const secret = 'k3y-of-larkfield'
const variables = '/environment/variables'
const secrets = '/environment/secrets'

let server: TestServer
let folder: string
let ask: Ask

beforeAll(async () => {
  folder = await preparedFolder(async (stores) => {
    await saveRealm(stores, '/alpha')
    await saveRealm(stores, '/beta')
    const message = (text: string) => ({
      ask: {
        type: 'MessageNode',
        config: { message: { en: text }, messageYes: { en: 'y' }, messageNo: { en: 'n' } },
        to: { true: 'success', false: 'failure' },
      },
    })
    await saveJourney(stores, 'Shows', message('Call &{esv.desk.name} at &{esv.desk.number|0}'))
    await saveJourney(stores, 'ShowsSecret', message('&{esv.shown}'))
    await saveJourney(stores, 'ShowsHidden', message('&{esv.hidden}'))
    await saveJourney(stores, 'ShowsReserved', message('&{esv.directory.alpha.bind|none}'))
    await saveJourney(stores, 'Waits', {
      ask: {
        type: 'PollingWaitNode',
        config: { secondsToWait: '&{esv.seconds}' },
        to: { DONE: 'success' },
      },
    })
    await saveJourney(stores, 'Reads', {
      ask: await scripted(
        stores,
        'Reads',
        "action.goTo(['esv.desk.name', 'esv.hidden', 'esv.directory.alpha.bind'].map((name) => String(systemEnv.getProperty(name))).join('|'))",
        { 'Front desk|null|null': 'success' },
      ),
    })
    await saveJourney(stores, 'Decrypts', {
      ask: await scripted(
        stores,
        'Decrypts',
        "action.goTo(String(secrets.getGenericSecret('scripted.node.api').getAsUtf8().length))",
        { [secret.length]: 'success' },
      ),
    })
  })
  vi.stubEnv('ESV_DESK_NAME', 'process')
  vi.stubEnv('ESV_SCRIPTED_NODE_API', 'process')
  server = await startServer({ dataFolder: folder })
  ask = asking(server.url, await signIn(server.url, 'amadmin', adminPassword, '/'))
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await server?.stop()
  rmSync(folder, { recursive: true, force: true })
})

const put = (path: string, body: object) => ask(path, { method: 'PUT', body })
const createOnly = (path: string, body: object) =>
  ask(path, { method: 'PUT', body, headers: { 'if-none-match': '*' } })
const post = (path: string, body: object = {}) => ask(path, { method: 'POST', body })
const remove = (path: string) => ask(path, { method: 'DELETE' })
const shownBy = async (journey: string, realm?: string) =>
  output(await startJourney(server.url, journey, realm === undefined ? {} : { realm }), 'message')

describe('a variable', () => {
  test('is created, read, listed, described, replaced and removed in the shapes of the vendor', async () => {
    const body = { valueBase64: base64('389'), description: 'Port', expressionType: 'int' }
    const created = {
      _id: 'esv-ldap-port',
      ...body,
      lastChangeDate: expect.stringMatching(/^20.*Z$/),
      lastChangedBy: 'amadmin',
      loaded: true,
    }
    expect(await put(`${variables}/esv-ldap-port`, body)).toMatchObject({ status: 200, body: created })
    expect((await ask(`${variables}/esv-ldap-port`)).body).toEqual(created)
    const list = (await ask(variables)).body
    expect(list).toMatchObject({ result: [created], resultCount: 1, pagedResultsCookie: null })
    const description = { id: 'esv-other', description: 'd' }
    const described = await post(`${variables}/esv-ldap-port?_action=setDescription`, description)
    expect(described).toMatchObject({ status: 200, body: '' })
    await put(`${variables}/esv-ldap-port`, { valueBase64: base64('636') })
    const next = { ...created, description: 'd', valueBase64: base64('636') }
    expect(await createOnly(`${variables}/esv-ldap-port`, body)).toMatchObject({ status: 412 })
    expect((await ask('/environment/count')).body).toMatchObject({ secrets: 0, variables: 1 })
    expect(await remove(`${variables}/esv-ldap-port`)).toMatchObject({ status: 200, body: next })
    const gone = { status: 404, body: { code: 404, message: 'The variable does not exist' } }
    expect(await ask(`${variables}/esv-ldap-port`)).toMatchObject(gone)
    expect(await remove(`${variables}/esv-ldap-port`)).toMatchObject(gone)
  })

  test.each<[string, string, object, string]>([
    ['another name', 'other', {}, 'Invalid variable name: it must be esv- and then'],
    ['capital letters', 'esv-Name', {}, 'Invalid variable name'],
    ['no base64', 'esv-bad', { valueBase64: 'a b!' }, 'valueBase64 must be a text in base64'],
    ['no value', 'esv-bad', { valueBase64: undefined }, 'valueBase64: must be a text in base64'],
    ['an unknown type', 'esv-bad', { expressionType: 'date' }, 'expressionType: must be one of string, int'],
    ['no number', 'esv-bad', { expressionType: 'int' }, 'valueBase64 must be a whole number in base64'],
    ['an unknown realm', 'esv-bad', { realms: ['gamma'] }, 'realms names /gamma, which is not a realm'],
    ['too much', 'esv-bad', { valueBase64: base64('x'.repeat(65_536)) }, 'at most 65535 bytes'],
  ])('is refused with %s', async (_, id, change, message) => {
    const { status, body } = await put(`${variables}/${id}`, { valueBase64: base64('v4lue'), ...change })
    expect(status).toBe(400)
    expect(body.message).toContain(message)
    expect(body.message).not.toContain('v4lue')
  })

  test('is replaced only if it has not changed since a client read it', async () => {
    const path = `${variables}/esv-raced`
    const body = (text: string) => ({ valueBase64: base64(text) })
    const putIf = (etag: string | null, text: string, at = path) =>
      ask(at, { method: 'PUT', body: body(text), headers: { 'if-match': etag ?? '' } })
    const made = await put(path, body('1'))
    const read = await ask(path)
    const etag = read.headers.get('etag')
    expect(etag).toBe(`"${read.body.lastChangeDate}"`)
    expect(made.headers.get('etag')).toBe(etag)
    const raced = await Promise.all(['2', '3', '4'].map((text) => putIf(etag, text)))
    expect(raced.map(({ status }) => status).toSorted()).toEqual([200, 412, 412])
    const won = raced.find(({ status }) => status === 200)
    expect((await ask(path)).body).toEqual(won?.body)
    expect(await putIf(etag, '5')).toMatchObject({
      status: 412,
      body: { message: expect.stringMatching(/changed after it was/) },
    })
    expect((await putIf(won?.headers.get('etag') ?? null, '6')).status).toBe(200)
    expect((await putIf('*', '7')).status).toBe(200)
    expect((await remove(path)).body.valueBase64).toBe(base64('7'))
    expect((await putIf('*', '8')).status).toBe(404)
    expect((await ask(path)).status).toBe(404)
    const racers = ['1', '2', '3'].map((text) => createOnly(path, body(text)))
    const statuses = (await Promise.all(racers)).map(({ status }) => status)
    expect(statuses.filter((status) => status === 200)).toHaveLength(1)
    await remove(path)
  })

  test.each([
    ['a variable', variables],
    ['a secret', secrets],
  ])('%s is described and removed only as a client read it', async (_, kind) => {
    const path = `${kind}/esv-stale`
    await put(path, { valueBase64: base64('first') })
    const headers = { 'if-match': (await ask(path)).headers.get('etag') ?? '' }
    const late = [
      { at: `${path}?_action=setDescription`, method: 'POST', body: { description: 'late' } },
      { at: path, method: 'DELETE' },
      ...(kind === variables
        ? []
        : [
            {
              at: `${path}/versions?_action=create`,
              method: 'POST',
              body: { valueBase64: base64('late') },
            },
            {
              at: `${path}/versions/1?_action=changestatus`,
              method: 'POST',
              body: { status: 'DISABLED' },
            },
            { at: `${path}/versions/1`, method: 'DELETE' },
          ]),
    ]
    await post(`${path}?_action=setDescription`, { description: 'newer' })
    for (const { at, ...request } of late) {
      expect((await ask(at, { ...request, headers })).status).toBe(412)
    }
    const found = await ask(path)
    expect(found.body).toMatchObject({
      description: 'newer',
      ...(kind === variables ? {} : { activeVersion: '1' }),
    })
    const current = { 'if-match': found.headers.get('etag') ?? '' }
    expect((await ask(path, { method: 'DELETE', headers: current })).status).toBe(200)
  })

  test('keeps its type, and its name from every other', async () => {
    await put(`${variables}/esv-a_b`, { valueBase64: '' })
    const retyped = await put(`${variables}/esv-a_b`, { valueBase64: base64('1'), expressionType: 'int' })
    expect(retyped).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining('cannot change') },
    })
    const twice = await put(`${variables}/esv-a-b`, { valueBase64: '' })
    expect(twice).toMatchObject({
      status: 409,
      body: { message: expect.stringContaining('ESV_A_B is taken') },
    })
    expect((await put(`${secrets}/esv-a_b`, { valueBase64: base64('s') })).status).toBe(409)
    await remove(`${variables}/esv-a_b`)
  })
})

describe('a secret', () => {
  test('has versions, of which the newest is active, and never shows a value', async () => {
    const answers = [
      await put(`${secrets}/esv-key`, {
        valueBase64: base64(secret),
        description: 'Key',
        encoding: 'generic',
      }),
      await post(`${secrets}/esv-key/versions?_action=create`, { valueBase64: base64(`${secret}-2`) }),
      await post(`${secrets}/esv-key/versions/1?_action=changestatus`, { status: 'DISABLED' }),
      await ask(`${secrets}/esv-key`),
      await ask(secrets),
      await ask(`${secrets}/esv-key/versions/1`),
      await remove(`${secrets}/esv-key/versions/1`),
      await ask(`${secrets}/esv-key/versions`),
    ]
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200))
    expect(JSON.stringify(answers)).not.toMatch(new RegExp(`${secret}|${base64(secret)}|valueBase64|sealed`))
    const date = expect.stringMatching(/^20.*Z$/)
    const one = { createDate: date, loaded: false, version: '1' }
    const two = { createDate: date, loaded: true, version: '2', status: 'ENABLED' }
    expect(answers[1]?.body).toEqual(two)
    expect(answers[2]?.body).toEqual({ ...one, status: 'DISABLED' })
    expect(answers[3]?.body).toEqual({
      _id: 'esv-key',
      activeVersion: '2',
      description: 'Key',
      encoding: 'generic',
      lastChangeDate: date,
      lastChangedBy: 'amadmin',
      loaded: true,
      loadedVersion: '2',
      useInPlaceholders: true,
    })
    expect(answers[5]?.body).toEqual({ ...one, status: 'DISABLED' })
    expect(answers[7]?.body).toEqual([two, { ...one, status: 'DESTROYED' }])
    const active = await remove(`${secrets}/esv-key/versions/2`)
    expect(active).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining('is the active one') },
    })
    const destroyed = await post(`${secrets}/esv-key/versions/1?_action=changestatus`, { status: 'ENABLED' })
    expect(destroyed).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining('is destroyed') },
    })
    expect((await remove(`${secrets}/esv-key`)).status).toBe(200)
    expect(await ask(`${secrets}/esv-key/versions`)).toMatchObject({ status: 404 })
    expect((await ask(`${secrets}/esv-none`)).body.message).toBe('The secret does not exist')
  })

  test('is described only if it has not changed since a client read it', async () => {
    const path = `${secrets}/esv-raced`
    await put(path, { valueBase64: base64(secret) })
    const headers = { 'if-match': (await ask(path)).headers.get('etag') ?? '' }
    await post(`${path}/versions?_action=create`, { valueBase64: base64(`${secret}-2`) })
    const late = await ask(path, { method: 'PUT', body: { description: 'late', realms: null }, headers })
    expect(late.status).toBe(412)
    expect((await remove(path)).body).toMatchObject({ description: '', activeVersion: '2' })
  })

  test('is not replaced by a client that only creates', async () => {
    const body = { valueBase64: base64(secret) }
    expect((await createOnly(`${secrets}/esv-once`, body)).status).toBe(200)
    expect(await createOnly(`${secrets}/esv-once`, body)).toMatchObject({ status: 412 })
    expect((await remove(`${secrets}/esv-once`)).body.activeVersion).toBe('1')
  })

  test('is in no file, log or audit event', async () => {
    await put(`${secrets}/esv-logged`, { valueBase64: base64(secret) })
    await put(`${variables}/esv-logged-too`, { valueBase64: base64('value-of-larkfield') })
    const events = await audited(ask, '', '/realms/root')
    expect(events).toContainEqual(
      expect.objectContaining({
        what: expect.objectContaining({ kind: 'secret', id: 'esv-logged', operation: 'CREATE' }),
      }),
    )
    const all = JSON.stringify(events) + server.logged()
    for (const text of [secret, base64(secret), 'value-of-larkfield', base64('value-of-larkfield')])
      expect(all).not.toContain(text)
    for (const name of readdirSync(folder)) {
      const bytes = readFileSync(join(folder, name))
      expect([bytes.includes(secret), bytes.includes(base64(secret))]).toEqual([false, false])
    }
  })
})

test('variables of the process are named without their values', async () => {
  const { process: named } = (await ask('/environment/count')).body
  expect(named).toContainEqual({ name: 'ESV_DESK_NAME', inPlaceholders: true })
  expect(named).toContainEqual({ name: 'ESV_SCRIPTED_NODE_API', inPlaceholders: false })
  expect(named.every(({ name }: { name: string }) => name.startsWith('ESV_'))).toBe(true)
})

test('a restart is answered, because changes are in force at once', async () => {
  expect((await ask('/environment/startup')).body).toEqual({ restartStatus: 'ready' })
  const restarted = await post('/environment/startup?_action=restart')
  expect(restarted).toMatchObject({ status: 202, body: { restartStatus: 'restarting' } })
})

describe('journeys', () => {
  test('use a stored variable before one of the process, from the next step on', async () => {
    expect(await shownBy('Shows')).toBe('Call process at 0')
    await put(`${variables}/esv-desk-name`, { valueBase64: base64('Front desk') })
    await put(`${variables}/esv-desk-number`, { valueBase64: base64('110'), expressionType: 'int' })
    expect(await shownBy('Shows')).toBe('Call Front desk at 110')
    expect((await startJourney(server.url, 'Reads')).status).toBe(200)
    await put(`${variables}/esv-desk-name`, { valueBase64: base64('Back desk') })
    expect(await shownBy('Shows')).toBe('Call Back desk at 110')
    await remove(`${variables}/esv-desk-name`)
    expect(await shownBy('Shows')).toBe('Call process at 110')
  })

  test('a changed variable counts for a step of a journey that has begun', async () => {
    await put(`${variables}/esv-seconds`, { valueBase64: base64('7000'), expressionType: 'int' })
    const first = await startJourney(server.url, 'Waits')
    expect(output(first, 'waitTime')).toBe('7000000')
    await put(`${variables}/esv-seconds`, { valueBase64: base64('8000') })
    expect((await answerStep(server.url, first)).status).toBe(200)
    expect(output(await startJourney(server.url, 'Waits'), 'waitTime')).toBe('8000000')
  })

  test('fail with a log line that names node, setting and variable if it is missing or of a wrong type', async () => {
    expect((await startJourney(server.url, 'ShowsSecret')).status).toBe(401)
    expect(server.logged()).toContain(
      "Node 'ask' (MessageNode) cannot run: setting message: esv.shown is not set",
    )
    await put(`${variables}/esv-wrong`, { valueBase64: base64('w0rd') })
    await remove(`${variables}/esv-seconds`)
    await put(`${variables}/esv-seconds`, { valueBase64: base64('w0rd') })
    expect((await startJourney(server.url, 'Waits')).status).toBe(401)
    expect(server.logged()).toContain(
      "Node 'ask' (PollingWaitNode) cannot run: setting secondsToWait: esv.seconds does not fit",
    )
    expect(server.logged()).not.toContain('w0rd')
  })

  test('show a secret only if placeholders may use it, and never one of scripts or directories', async () => {
    await put(`${secrets}/esv-shown`, { valueBase64: base64('shown') })
    await put(`${secrets}/esv-hidden`, { valueBase64: base64(secret), useInPlaceholders: false })
    await put(`${secrets}/esv-directory-alpha-bind`, { valueBase64: base64(secret) })
    await put(`${variables}/esv-desk-name`, { valueBase64: base64('Front desk') })
    expect(await shownBy('ShowsSecret')).toBe('shown')
    expect((await startJourney(server.url, 'ShowsHidden')).status).toBe(401)
    expect(await shownBy('ShowsReserved')).toBe('none')
    expect((await startJourney(server.url, 'Reads')).status).toBe(200)
  })

  test('use only variables and secrets of their realm', async () => {
    await put(`${secrets}/esv-shown`, { realms: ['beta'] })
    expect((await ask(`${secrets}/esv-shown`)).body.realms).toEqual(['/beta'])
    expect((await startJourney(server.url, 'ShowsSecret')).status).toBe(401)
    await put(`${variables}/esv-desk-number`, { valueBase64: base64('110'), realms: ['/beta'] })
    expect(await shownBy('Shows')).toBe('Call Front desk at 0')
    await put(`${secrets}/esv-shown`, { realms: ['/alpha', '/beta'] })
    expect(await shownBy('ShowsSecret')).toBe('shown')
    await put(`${secrets}/esv-shown`, { realms: null })
    expect((await ask(`${secrets}/esv-shown`)).body).not.toHaveProperty('realms')
  })

  test('of a realm that is removed and made again read nothing of the old one', async () => {
    const realms = '/global-config/realms'
    const gamma = `${realms}/${Buffer.from('/gamma').toString('base64url')}`
    const make = () => post(`${realms}?_action=create`, { name: 'gamma', parentPath: '/' })
    expect((await make()).status).toBe(201)
    await put(`${secrets}/esv-of-gamma`, { valueBase64: base64(secret), realms: ['/gamma'] })
    await put(`${variables}/esv-of-both`, { valueBase64: base64('1'), realms: ['/alpha', '/gamma', '/beta'] })
    const read = await ask(`${secrets}/esv-of-gamma`)
    expect((await remove(gamma)).status).toBe(200)
    expect((await make()).status).toBe(201)
    expect((await ask(`${secrets}/esv-of-gamma`)).body.realms).toEqual([])
    expect((await ask(`${variables}/esv-of-both`)).body.realms).toEqual(['/alpha', '/beta'])
    const headers = { 'if-match': read.headers.get('etag') ?? '' }
    const late = await ask(`${secrets}/esv-of-gamma`, {
      method: 'PUT',
      body: { realms: ['/gamma'] },
      headers,
    })
    expect(late.status).toBe(412)
  })

  test('scripts read their own secrets, if these are for the realm', async () => {
    await put(`${secrets}/esv-scripted-node-api`, { valueBase64: base64(secret), realms: ['/beta'] })
    expect((await startJourney(server.url, 'Decrypts')).status).toBe(401)
    await put(`${secrets}/esv-scripted-node-api`, { realms: null })
    expect((await startJourney(server.url, 'Decrypts')).status).toBe(200)
  })
})
