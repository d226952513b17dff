import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { successId } from '../../src/engine/journey.ts'
import { journeyDocumentSchema } from '../../src/journeys/journey-document.ts'
import { main } from '../../src/main.ts'
import { startCaptchaService } from '../support/captcha-service.ts'
import { preparedFolder, saveJourney } from '../support/prepared-folder.ts'
import { type Ask, asking } from '../support/rest.ts'
import { adminPassword, startServer, type TestServer } from '../support/start-server.ts'
import { answerStep, signIn, startJourney } from '../support/wire.ts'

const key = 'captcha-key-of-larkfield'
const typed = 'typed-before-anything-was-sealed'

let service: Awaited<ReturnType<typeof startCaptchaService>>
let server: TestServer
let folder: string
let ask: Ask

const realm = '/realms/root/realms/alpha'
const type = 'product-ReCaptchaNode'
const nodes = `${realm}/realm-config/authentication/authenticationtrees/nodes`
const tree = `${realm}/realm-config/authentication/authenticationtrees/trees`
const node = (id: string) => `${nodes}/${type}/${id}`

const settings = (secretKey: string | null) => ({ siteKey: 'site', secretKey, reCaptchaUri: service.url })

beforeAll(async () => {
  service = await startCaptchaService()
  service.answer.body = { success: true }
  // The state of an earlier version: everything in plain text, including a frozen revision.
  folder = await preparedFolder(async (stores) => {
    await saveJourney(stores, 'Old', { ask: { type, config: settings(typed), to: { outcome: 'success' } } })
    await stores.documents.save('/alpha', {
      kind: 'socialIdentityProvider',
      id: 'old-provider',
      document: {
        _id: 'old-provider',
        clientId: 'us',
        clientSecret: `${typed}-at-the-provider`,
        redirectURI: 'http://localhost/back',
        _type: { _id: 'oidcConfig' },
      },
    })
    const frozen = { type, version: '1.0', displayName: 'ask', config: settings(typed), reads: [] }
    const flags = {
      enabled: true,
      innerTreeOnly: false,
      mustRun: false,
      noSession: true,
      transactionalOnly: false,
    }
    const journey = {
      name: 'Old',
      entryNodeId: 'ask',
      identityResource: 'managed/alpha_user',
      ...flags,
      nodes: { ask: { ...frozen, connections: { outcome: successId } } },
      children: { inside: frozen },
    }
    const revision = {
      v: 1,
      realm: '/alpha',
      root: 'Old',
      journeys: { Old: journey },
      scripts: {},
      customNodeTypes: [],
    }
    await stores.steps.saveRevision('frozen-then', JSON.stringify(revision), Date.now())
  })
  server = await startServer({ dataFolder: folder, httpAllow: [new URL(service.url).host] })
  ask = asking(server.url, await signIn(server.url, 'amadmin', adminPassword, '/'))
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await server?.stop()
  await service?.stop()
  rmSync(folder, { recursive: true, force: true })
})
beforeEach(() => void service.asked.splice(0))

/** Whether any file of the data folder contains a text. */
function isOnDisk(text: string): boolean {
  return readdirSync(folder).some((name) => readFileSync(join(folder, name)).includes(text))
}

/** Runs a journey with the node. @returns the key that the service received. */
async function keyUsedBy(journey: string): Promise<string | null> {
  service.asked.splice(0)
  const answer = await answerStep(server.url, await startJourney(server.url, journey), ['solved'])
  expect(answer.status).toBe(200)
  return new URLSearchParams(service.asked[0]?.body).get('secret')
}

async function withJourney(name: string, secretKey: string) {
  const saved = await ask(node(name), { method: 'PUT', body: settings(secretKey) })
  const document = journeyDocumentSchema.parse({
    _id: name,
    entryNodeId: name,
    noSession: true,
    nodes: { [name]: { nodeType: type, displayName: 'Robot?', connections: { outcome: successId } } },
  })
  const { status } = await ask(`${tree}/${encodeURIComponent(name)}`, { method: 'PUT', body: document })
  expect(status).toBe(201)
  return saved
}

describe('a secret setting of a node', () => {
  test('is in no answer and no file, and the node runs with it', async () => {
    const saved = await withJourney('Fresh', key)
    expect(saved).toMatchObject({ status: 201, body: { siteKey: 'site', secretKey: null } })
    const answers = [
      saved,
      await ask(node('Fresh')),
      await ask(`${nodes}/${type}?_queryFilter=true`),
      await ask(`${nodes}?_action=nextdescendents`, { method: 'POST', body: {} }),
      await ask(`${realm}/journeys/Fresh`),
      await ask(`${realm}/journeys`),
      await ask(`${realm}/journeys/Fresh/findings`),
      ...(await Promise.all(
        ['layout', 'multi', 'single'].map((form) =>
          ask(`${realm}/journeys?_action=export`, { method: 'POST', body: { journeys: ['Fresh'], form } }),
        ),
      )),
    ]
    for (const { status, body } of answers) {
      expect(Math.floor(status / 100)).toBe(2)
      expect(JSON.stringify(body)).not.toMatch(new RegExp(`${key}|sealed:`))
    }
    expect(await keyUsedBy('Fresh')).toBe(key)
    const runs = await ask(`${realm}/journey-sessions?_queryFilter=true`)
    expect(JSON.stringify(runs.body)).not.toContain(key)
    expect(isOnDisk(key)).toBe(false)
    expect(server.logged()).not.toContain(key)
  })

  test('stays when the document is written back, with or without it', async () => {
    await withJourney('Edited', key)
    const { body } = await ask(node('Edited'))
    await ask(node('Edited'), { method: 'PUT', body: { ...body, divClass: 'other' } })
    expect(await keyUsedBy('Edited')).toBe(key)
    const { secretKey: _secret, ...without } = body
    await ask(node('Edited'), { method: 'PUT', body: without })
    expect(await keyUsedBy('Edited')).toBe(key)
    await ask(node('Edited'), { method: 'PUT', body: { ...body, secretKey: '********' } })
    expect(await keyUsedBy('Edited')).toBe(key)
  })

  test('of a draft is sealed and in no answer, and stays when it is left alone', async () => {
    await withJourney('Drafted', key)
    const { body } = await ask(`${realm}/journeys/Drafted`)
    const { tree: graph, nodes: all, innerNodes, _rev } = body
    const answers: unknown[] = []
    const save = async (changes: object, revision: string | undefined) => {
      const changed = { ...all, Drafted: { ...all.Drafted, ...changes } }
      const saved = await ask(`${realm}/drafts/Drafted`, {
        method: 'PUT',
        body: { tree: graph, nodes: changed, innerNodes, ...(revision === undefined ? { base: _rev } : {}) },
        headers: revision === undefined ? { 'if-none-match': '*' } : { 'if-match': revision },
      })
      answers.push(saved.body, (await ask(`${realm}/drafts/Drafted/differences`)).body)
      return saved.body.draft
    }
    const publish = async (revision: string) => {
      const at = `${realm}/drafts/Drafted?_action=publish`
      const published = await ask(at, { method: 'POST', headers: { 'if-match': revision } })
      expect(published.status).toBe(200)
      answers.push(published.body)
    }
    const left = await save({ divClass: 'a' }, undefined)
    expect(left.nodes.Drafted).toMatchObject({ divClass: 'a', secretKey: '********' })
    await publish(left._rev)
    expect(await keyUsedBy('Drafted')).toBe(key)

    const later = (await ask(`${realm}/journeys/Drafted`)).body._rev
    const typedNow = 'typed-into-a-draft'
    const begun = await ask(`${realm}/drafts/Drafted`, {
      method: 'PUT',
      body: {
        tree: graph,
        nodes: { Drafted: { ...all.Drafted, secretKey: typedNow } },
        innerNodes,
        base: later,
      },
      headers: { 'if-none-match': '*' },
    })
    const kept = await save({ divClass: 'b' }, begun.body.draft._rev)
    expect(isOnDisk(typedNow)).toBe(false)
    expect(await keyUsedBy('Drafted')).toBe(key)
    await publish(kept._rev)
    expect(await keyUsedBy('Drafted')).toBe(typedNow)
    expect(JSON.stringify(answers)).not.toMatch(new RegExp(`${key}|${typedNow}|sealed:`))
    expect(server.logged()).not.toContain(typedNow)
  })

  test('is replaced by another value and removed by an empty text', async () => {
    await withJourney('Changed', key)
    await ask(node('Changed'), { method: 'PUT', body: settings('another') })
    expect(await keyUsedBy('Changed')).toBe('another')
    await ask(node('Changed'), { method: 'PUT', body: settings('') })
    expect((await ask(node('Changed'))).body.secretKey).toBe('')
    const { body } = await ask(`${realm}/journeys/Changed/findings`)
    expect(body.result).toContainEqual(
      expect.objectContaining({
        rule: 'secret-not-set',
        message: "Secret setting 'secretKey' of 'Robot?' is not set.",
      }),
    )
  })

  test('is masked for the editor; saving keeps it and copying includes it', async () => {
    await withJourney('Drawn', key)
    const { body } = await ask(`${realm}/journeys/Drawn`)
    expect(body.nodes.Drawn.secretKey).toBe('********')
    const findings = await ask(`${realm}/journeys?_action=lint`, { method: 'POST', body })
    expect(JSON.stringify(findings.body)).not.toContain('secret-not-set')
    const changed = { ...body, nodes: { Drawn: { ...body.nodes.Drawn, siteKey: 'other' } } }
    const saved = await ask(`${realm}/journeys/Drawn`, {
      method: 'PUT',
      body: changed,
      headers: { 'if-match': `"${body._rev}"` },
    })
    expect(saved).toMatchObject({ status: 200, body: { nodes: { Drawn: { siteKey: 'other' } } } })
    expect(await keyUsedBy('Drawn')).toBe(key)
    const copied = await ask(`${realm}/journeys/Drawn?_action=duplicate`, {
      method: 'POST',
      body: { name: 'Copy' },
    })
    expect(copied.status).toBe(201)
    expect(await keyUsedBy('Copy')).toBe(key)
  })

  test('is not exported, and an import without it keeps the realm’s value', async () => {
    await withJourney('Moved', key)
    const { body: file } = await ask(`${realm}/journeys?_action=export`, {
      method: 'POST',
      body: { journeys: ['Moved'] },
    })
    expect(file.trees.Moved.nodes.Moved.secretKey).toBeNull()
    const again = await ask(`${realm}/journeys?_action=import`, { method: 'POST', body: file })
    expect(again.body.items).toContainEqual(
      expect.objectContaining({ id: 'Moved', kind: 'node', status: 'identical' }),
    )
    file.trees.Moved.nodes.Moved.siteKey = 'moved'
    await ask(`${realm}/journeys?_action=import`, { method: 'POST', body: file })
    expect((await ask(node('Moved'))).body.siteKey).toBe('moved')
    expect(await keyUsedBy('Moved')).toBe(key)
  })

  test('is reported missing after an import without it', async () => {
    await withJourney('Elsewhere', key)
    const body = { journeys: ['Elsewhere'] }
    const { body: file } = await ask(`${realm}/journeys?_action=export`, { method: 'POST', body })
    const text = JSON.stringify(file).replaceAll('Elsewhere', 'Arrived')
    const imported = await ask(`${realm}/journeys?_action=import`, { method: 'POST', body: JSON.parse(text) })
    expect(imported).toMatchObject({ status: 200, body: { isImported: true } })
    const { body: found } = await ask(`${realm}/journeys/Arrived/findings`)
    expect(found.result).toContainEqual(expect.objectContaining({ rule: 'secret-not-set' }))
    expect((await answerStep(server.url, await startJourney(server.url, 'Arrived'), ['solved'])).status).toBe(
      401,
    )
  })

  test('can name an environment variable, which isn’t secret', async () => {
    vi.stubEnv('ESV_CAPTCHA_KEY', 'from-outside')
    await withJourney('Named', '&{esv.captcha.key}')
    expect((await ask(node('Named'))).body.secretKey).toBe('&{esv.captcha.key}')
    expect(await keyUsedBy('Named')).toBe('from-outside')
    await withJourney('Unnamed', '&{esv.no.such.key}')
    expect((await startJourney(server.url, 'Unnamed')).status).toBe(401)
    expect(server.logged()).toContain('setting secretKey: esv.no.such.key is not set')
  })
})

describe('a secret stored in plain text by an earlier version', () => {
  test('is sealed by the first start, and the plain text is gone', async () => {
    expect(isOnDisk(typed)).toBe(false)
    expect((await ask(node('Old-ask'))).body.secretKey).toBeNull()
  })

  test('still works', async () => {
    expect(await keyUsedBy('Old')).toBe(typed)
  })
})

describe('other secrets', () => {
  const provider = `${realm}/realm-config/services/SocialIdentityProviders/oidcConfig`

  test('a secret of an identity provider is sealed and stays unless replaced', async () => {
    const secret = 'what-the-provider-gave-us'
    const body = { clientId: 'us', clientSecret: secret, redirectURI: 'http://localhost/back' }
    expect((await ask(`${provider}/mine`, { method: 'PUT', body })).body).not.toHaveProperty('clientSecret')
    const read = await ask(`${provider}/mine`)
    expect(read.body).not.toHaveProperty('clientSecret')
    expect((await ask(`${provider}/mine`, { method: 'PUT', body: read.body })).status).toBe(200)
    expect(isOnDisk(secret)).toBe(false)
  })

  test('headers of logout webhooks that may be credentials are masked and kept', async () => {
    const path = `${realm}/realm-config/webhooks/Bye`
    const credential = 'Bearer of-the-ticket-system'
    const headers = { accept: '*/*', Authorization: credential, 'X-Gone': 'soon' }
    const created = await ask(path, { method: 'PUT', body: { url: service.url, headers, body: '' } })
    const shown = { accept: '*/*', Authorization: '********', 'X-Gone': '********' }
    expect(created.body.headers).toEqual(shown)
    const { 'X-Gone': _gone, ...kept } = shown
    const saved = await ask(path, { method: 'PUT', body: { url: service.url, headers: kept, body: 'x' } })
    expect(saved.body.headers).toEqual(kept)
    expect(isOnDisk(credential)).toBe(false)
  })
})

test('the command line seals secrets that it imports into a folder', async () => {
  const { body: file } = await ask(`${realm}/journeys?_action=export`, {
    method: 'POST',
    body: { journeys: ['Old'] },
  })
  const text = JSON.stringify(file)
    .replaceAll('Old', 'Late')
    .replace('"secretKey":null', '"secretKey":"by-command"')
  const from = mkdtempSync(join(tmpdir(), 'sidegate-export-'))
  writeFileSync(join(from, 'late.json'), text)
  await server.stop()
  await main(['import', join(from, 'late.json'), '--data', folder], { onReady: () => undefined })
  expect(isOnDisk('by-command')).toBe(false)
  server = await startServer({ dataFolder: folder, httpAllow: [new URL(service.url).host] })
  expect(await keyUsedBy('Late')).toBe('by-command')
  rmSync(from, { recursive: true })
})
