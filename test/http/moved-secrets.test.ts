import { afterAll, beforeAll, expect, test } from 'vitest'
import { successId } from '../../src/engine/journey.ts'
import { startCaptchaService } from '../support/captcha-service.ts'
import { type Ask, asking } from '../support/rest.ts'
import { adminPassword, startServer, type TestServer } from '../support/start-server.ts'
import { answerStep, signIn, startJourney } from '../support/wire.ts'

// A secret belongs to the place for which it was entered. In these tests the URL beside a stored secret changes, and the secret is left out.

const key = 'captcha-key-of-larkfield'
const realm = '/realms/root/realms/alpha'
const trees = `${realm}/realm-config/authentication/authenticationtrees`
const type = 'product-ReCaptchaNode'
const node = (id: string) => `${trees}/nodes/${type}/${id}`

let service: Awaited<ReturnType<typeof startCaptchaService>>
let server: TestServer
let ask: Ask

beforeAll(async () => {
  service = await startCaptchaService()
  service.answer.body = { success: true }
  server = await startServer({ httpAllow: [new URL(service.url).host] })
  ask = asking(server.url, await signIn(server.url, 'amadmin', adminPassword, '/'))
})
afterAll(async () => {
  await server?.stop()
  await service?.stop()
})

const ours = (secretKey: string | null = null) => ({
  siteKey: 'site',
  secretKey,
  reCaptchaUri: `${service.url}/ours`,
})
const theirs = (secretKey: string | null = null) => ({
  ...ours(secretKey),
  reCaptchaUri: `${service.url}/theirs`,
})

const graph = (id: string) => ({
  entryNodeId: id,
  nodes: { [id]: { nodeType: type, displayName: 'Robot?', connections: { outcome: successId } } },
})

/** Saves a journey with one node, which has the journey's name and the secret. */
async function withJourney(name: string) {
  await ask(node(name), { method: 'PUT', body: ours(key) })
  const saved = await ask(`${trees}/trees/${name}`, { method: 'PUT', body: graph(name) })
  expect(saved.status).toBe(201)
}

/** Paths and secrets that the service got in one run of a journey. */
async function sentBy(journey: string, headers: Record<string, string> = {}) {
  service.asked.splice(0)
  await answerStep(server.url, await startJourney(server.url, journey, { headers }), ['solved'], { headers })
  return service.asked.map(({ url, body }) => [url, new URLSearchParams(body).get('secret')])
}

const remedy = 'must be entered again, because CAPTCHA Verification URL changed'
const refusal = {
  status: 400,
  body: { message: expect.stringContaining(`CAPTCHA Secret Key: ${remedy}`), detail: { secretKey: remedy } },
}

test('a node that moves its secret is refused by its own path', async () => {
  await withJourney('Own')
  const { reCaptchaUri: _url, ...withoutUrl } = theirs()
  const { secretKey: _secret, ...withoutSecret } = theirs()
  for (const body of [withoutSecret, theirs(), theirs('********'), withoutUrl]) {
    expect(await ask(node('Own'), { method: 'PUT', body })).toMatchObject(refusal)
  }
  expect(await sentBy('Own')).toEqual([['/ours', key]])
})

test('a node moves with its secret or without any, and is not refused for other changes', async () => {
  await withJourney('Free')
  expect(await ask(node('Free'), { method: 'PUT', body: { ...ours(), siteKey: 'other' } })).toMatchObject({
    status: 200,
  })
  expect(await sentBy('Free')).toEqual([['/ours', key]])
  expect(await ask(node('Free'), { method: 'PUT', body: theirs('entered again') })).toMatchObject({
    status: 200,
  })
  expect(await sentBy('Free')).toEqual([['/theirs', 'entered again']])
  expect(await ask(node('Free'), { method: 'PUT', body: ours('') })).toMatchObject({ status: 200 })
  expect(await ask(node('Free'), { method: 'PUT', body: theirs() })).toMatchObject({ status: 200 })
  expect(await sentBy('Free')).toEqual([])
})

test('a node that moves its secret is refused in its journey, also on a page', async () => {
  await withJourney('Inline')
  const inline = graph('Inline')
  const body = { ...inline, nodes: { Inline: { ...inline.nodes.Inline, config: theirs() } } }
  expect(await ask(`${trees}/trees/Inline`, { method: 'PUT', body })).toMatchObject({
    status: 400,
    body: { message: expect.stringContaining('nodes.Inline:'), detail: { secretKey: remedy } },
  })
  const child = { _id: 'Inline', nodeType: type, displayName: 'Robot?' }
  const page = (config: object) => ({
    entryNodeId: 'page',
    nodes: {
      page: {
        nodeType: 'PageNode',
        displayName: 'Page',
        connections: { outcome: successId },
        config: { nodes: [{ ...child, config }] },
      },
    },
  })
  expect(await ask(`${trees}/trees/Paged`, { method: 'PUT', body: page(theirs()) })).toMatchObject({
    status: 400,
    body: { detail: { secretKey: remedy } },
  })
  expect((await ask(`${trees}/trees/Paged`, { method: 'PUT', body: page(ours()) })).status).toBe(201)
  expect(await sentBy('Paged')).toEqual([['/ours', key]])
})

test('a journey of the editor that moves a secret is refused at the setting', async () => {
  await withJourney('Drawn')
  const { body } = await ask(`${realm}/journeys/Drawn`)
  const moved = { ...body, nodes: { Drawn: { ...body.nodes.Drawn, reCaptchaUri: `${service.url}/theirs` } } }
  const headers = { 'if-match': `"${body._rev}"` }
  expect(await ask(`${realm}/journeys/Drawn`, { method: 'PUT', body: moved, headers })).toMatchObject({
    status: 400,
    body: {
      detail: {
        problems: [{ nodeId: 'Drawn', attribute: 'secretKey', message: expect.stringContaining(remedy) }],
      },
    },
  })
  expect(await sentBy('Drawn')).toEqual([['/ours', key]])
})

test('a draft with a moved secret can be saved but neither tried out with the secret nor published', async () => {
  await withJourney('Draft')
  const { body } = await ask(`${realm}/journeys/Draft`)
  const save = (changes: object, more: object, headers: Record<string, string>) =>
    ask(`${realm}/drafts/Draft`, {
      method: 'PUT',
      body: {
        tree: body.tree,
        nodes: { Draft: { ...body.nodes.Draft, ...changes } },
        innerNodes: {},
        ...more,
      },
      headers,
    })
  const publish = (revision: string) =>
    ask(`${realm}/drafts/Draft?_action=publish`, { method: 'POST', headers: { 'if-match': revision } })
  const runKey = async () => {
    const issued = await ask(`${realm}/journey-sessions?_action=watch`, {
      method: 'POST',
      body: { journey: 'Draft', draft: true },
    })
    return { 'x-sidegate-watch': issued.body.key as string }
  }
  const { reCaptchaUri } = theirs()
  const begun = await save({ reCaptchaUri }, { base: body._rev }, { 'if-none-match': '*' })
  expect(begun.status).toBe(201)
  expect(await sentBy('Draft', await runKey())).toEqual([])
  const problem = { nodeId: 'Draft', attribute: 'secretKey', message: expect.stringContaining(remedy) }
  expect((await ask(`${realm}/drafts/Draft/differences`)).body.problems).toMatchObject([problem])
  expect(await publish(begun.body.draft._rev)).toMatchObject({
    status: 400,
    body: { detail: { problems: [problem] } },
  })

  // A secret of the draft itself.
  const entered = await save(
    { reCaptchaUri, secretKey: 'of the draft' },
    {},
    { 'if-match': begun.body.draft._rev },
  )
  expect(await sentBy('Draft', await runKey())).toEqual([['/theirs', 'of the draft']])
  const revision = entered.body.draft._rev
  expect(await save({}, {}, { 'if-match': revision })).toMatchObject({
    status: 400,
    body: { detail: { problems: [problem] } },
  })
  expect((await publish(revision)).status).toBe(200)
  expect(await sentBy('Draft')).toEqual([['/theirs', 'of the draft']])
})

test('an import that moves a secret is a conflict, and none if its node stays', async () => {
  await withJourney('Filed')
  const { body: file } = await ask(`${realm}/journeys?_action=export`, {
    method: 'POST',
    body: { journeys: ['Filed'] },
  })
  const send = (query: string, change: object) => {
    const changed = structuredClone(file)
    Object.assign(changed.trees.Filed.nodes.Filed, change)
    return ask(`${realm}/journeys?_action=import${query}`, { method: 'POST', body: changed })
  }
  const { reCaptchaUri } = theirs()
  const conflict = {
    kind: 'conflict',
    message:
      "The secret 'secretKey' of node Filed must be entered again, because CAPTCHA Verification URL changed. Remove the stored one, or import its value.",
    about: { kind: 'node', id: 'Filed' },
  }
  for (const secretKey of [null, '********']) {
    const preview = await send('&dryRun=true', { reCaptchaUri, secretKey })
    expect(preview.body).toMatchObject({ isPossible: false, findings: expect.arrayContaining([conflict]) })
    expect((await send('', { reCaptchaUri, secretKey })).status).toBe(400)
  }
  expect((await send('&existing=skip', { reCaptchaUri })).status).toBe(200)
  expect((await send('', { siteKey: 'other', secretKey: '********' })).status).toBe(200)
  expect(await sentBy('Filed')).toEqual([['/ours', key]])
  expect((await send('', { reCaptchaUri, secretKey: 'in the file' })).status).toBe(200)
  expect(await sentBy('Filed')).toEqual([['/theirs', 'in the file']])
})

test('a version without a secret doesn’t get the stored one, and a version with a secret has its own', async () => {
  await ask(node('Past'), { method: 'PUT', body: theirs('') })
  await ask(`${trees}/trees/Past`, { method: 'PUT', body: graph('Past') })
  await ask(node('Past'), { method: 'PUT', body: theirs() })
  await ask(node('Past'), { method: 'PUT', body: ours(key) })
  const versions = `${realm}/versions/journey/Past`
  const { result } = (await ask(versions)).body
  const restore = (number: number) =>
    ask(`${versions}/${number}?_action=restore`, { method: 'POST', body: {} })
  expect(await restore(result[1].number)).toMatchObject({
    status: 409,
    body: {
      message: expect.stringContaining(
        "Nothing was restored. The secret 'secretKey' of node Past must be entered again",
      ),
    },
  })
  expect(await sentBy('Past')).toEqual([['/ours', key]])
  await ask(node('Past'), { method: 'PUT', body: theirs('another') })
  expect((await restore(result[0].number)).status).toBe(200)
  expect(await sentBy('Past')).toEqual([['/ours', key]])
})

test('a copy of a journey has the secret for the same place only', async () => {
  await withJourney('First')
  const cloned = await ask(`${trees}/trees/First?_action=clone`, {
    method: 'POST',
    body: { newId: 'Second' },
  })
  expect(cloned.status).toBe(201)
  expect(await sentBy('Second')).toEqual([['/ours', key]])
  const [copy = ''] = Object.keys(cloned.body.nodes)
  expect(await ask(node(copy), { method: 'PUT', body: theirs() })).toMatchObject(refusal)
})

test.each(['tokenEndpoint', 'wellKnownEndpoint', 'clientId'])(
  'an identity provider whose %s changes is refused without its secret, by its path and in an import',
  async (place) => {
    const provider = `${realm}/realm-config/services/SocialIdentityProviders/oidcConfig/${place}`
    const body = {
      clientId: 'us',
      clientSecret: 'what-the-provider-gave-us',
      redirectURI: 'http://localhost/back',
      tokenEndpoint: 'https://idp.example/token',
      wellKnownEndpoint: 'https://idp.example/.well-known/openid-configuration',
    }
    expect((await ask(provider, { method: 'PUT', body })).status).toBe(201)
    const { body: read } = await ask(provider)
    expect((await ask(provider, { method: 'PUT', body: read })).status).toBe(200)
    const moved = { ...read, [place]: 'https://attacker.example' }
    for (const clientSecret of [null, undefined, '********']) {
      expect(await ask(provider, { method: 'PUT', body: { ...moved, clientSecret } })).toMatchObject({
        status: 400,
        body: { detail: { clientSecret: `must be entered again, because ${place} changed` } },
      })
    }
    const imported = await ask(`${realm}/journeys?_action=import&dryRun=true`, {
      method: 'POST',
      body: { idp: { [place]: moved } },
    })
    expect(imported.body).toMatchObject({
      isPossible: false,
      findings: [
        { kind: 'conflict', message: expect.stringContaining(`because ${place} changed`) },
        { kind: 'missing', message: `Identity provider '${place}' has no client secret` },
      ],
    })
    expect((await ask(provider, { method: 'PUT', body: { ...moved, clientSecret: 'again' } })).status).toBe(
      200,
    )
  },
)

test('a logout webhook whose URL changes is refused with the masks of its headers', async () => {
  const path = `${realm}/realm-config/webhooks/Bye`
  const headers = { accept: '*/*', 'X-Key': 'of-the-ticket-system' }
  const { body } = await ask(path, {
    method: 'PUT',
    body: { url: 'https://tickets.example', headers, body: '' },
  })
  const { _id, _rev, _type, ...webhook } = body
  expect((await ask(path, { method: 'PUT', body: { ...webhook, body: 'x' } })).status).toBe(200)
  expect(
    await ask(path, { method: 'PUT', body: { ...webhook, url: 'https://attacker.example' } }),
  ).toMatchObject({
    status: 400,
    body: { detail: { 'headers.X-Key': 'must be entered again, because url changed' } },
  })
  const bare = { url: 'https://attacker.example', headers: { accept: '*/*' }, body: '' }
  expect((await ask(path, { method: 'PUT', body: bare })).status).toBe(200)
})
