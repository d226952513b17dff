import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { defined } from '../../src/base/defined.ts'
import type { JsonObject } from '../../src/base/json.ts'
import { failureId, successId } from '../../src/engine/journey.ts'
import { startCaptchaService } from '../support/captcha-service.ts'
import { administrator, type DirectoryServer, startDirectory, suffix } from '../support/directory-server.ts'
import { startMailServer } from '../support/mail-server.ts'
import { type Ask, asking } from '../support/rest.ts'
import { adminPassword, startServer, type TestServer } from '../support/start-server.ts'
import { answerStep, signIn, startJourney, stepOf } from '../support/wire.ts'

const trees = '/realms/root/realms/alpha/realm-config/authentication/authenticationtrees'

const entries = [
  `dn: ${suffix}\nobjectClass: dcObject\nobjectClass: organization\no: Example\ndc: example\n`,
  `dn: ou=people,${suffix}\nobjectClass: organizationalUnit\nou: people\n`,
  `dn: uid=alex,ou=people,${suffix}\nobjectClass: inetOrgPerson\nuid: alex\ncn: Alex\nsn: Lee\nuserPassword: open-sesame\n`,
].join('\n')

let captcha: Awaited<ReturnType<typeof startCaptchaService>>
let mail: Awaited<ReturnType<typeof startMailServer>>
let directory: DirectoryServer
let server: TestServer
let ask: Ask

beforeAll(async () => {
  captcha = await startCaptchaService()
  captcha.answer.body = { success: true }
  mail = await startMailServer()
  directory = await startDirectory(entries)
  server = await startServer({
    httpAllow: [new URL(captcha.url).host],
    ldapAllow: ['127.0.0.1'],
    smtpAllow: ['127.0.0.1'],
  })
  ask = asking(server.url, await signIn(server.url, 'amadmin', adminPassword, '/'))
}, 120_000)

afterAll(async () => {
  vi.unstubAllEnvs()
  await server?.stop()
  await directory?.stop()
  await mail?.stop()
  await captcha?.stop()
})

beforeEach(() => void captcha.asked.splice(0))

type Node = { type: string; version?: string; settings?: JsonObject }

/** Saves a node over REST, as the vendor's clients do. */
async function saveNode(id: string, { type, version = '1.0', settings = {} }: Node) {
  const saved = await ask(`${trees}/nodes/${type}/${version}/${id}`, { method: 'PUT', body: settings })
  expect(saved.status).toBe(201)
  return saved.body
}

/**
 * Saves a journey with the given nodes before a page with others. Outcomes of the page that `outcomes`
 * doesn't name lead to failure.
 */
async function saveJourney(
  name: string,
  page: Node[],
  { before = [], outcomes = ['outcome'] }: { before?: Node[]; outcomes?: string[] } = {},
) {
  const children = page.map(({ type, version }, place) => ({
    _id: `${name}-${place}`,
    nodeType: type,
    displayName: `Child ${place}`,
    ...defined({ nodeVersion: version }),
  }))
  for (const [place, child] of page.entries()) await saveNode(`${name}-${place}`, child)
  const pageNode = { type: 'PageNode', settings: { nodes: children } }
  const saved = await saveNode(`${name}-page`, pageNode)
  const steps = before.map((node, place) => ({ id: `${name}-before-${place}`, node }))
  for (const { id, node } of steps) await saveNode(id, node)
  const ids = [...steps.map(({ id }) => id), `${name}-page`]
  const nodes = Object.fromEntries([
    ...steps.map(({ id, node }, place) => [
      id,
      { nodeType: node.type, displayName: id, connections: { outcome: ids[place + 1] ?? '' } },
    ]),
    [
      `${name}-page`,
      {
        nodeType: 'PageNode',
        displayName: 'Page',
        connections: Object.fromEntries(
          saved._outcomes.map(({ id }: { id: string }) => [
            id,
            outcomes.includes(id) ? successId : failureId,
          ]),
        ),
      },
    ],
  ])
  const body = { entryNodeId: ids[0], noSession: true, nodes, identityResource: 'managed/alpha_user' }
  const { status } = await ask(`${trees}/trees/${name}`, { method: 'PUT', body })
  expect(status).toBe(201)
  return saved
}

describe('a secret setting of a node on a page', () => {
  const key = 'captcha-key-of-larkfield'
  const legacy = (secretKey: string) => ({
    type: 'product-ReCaptchaNode',
    settings: { siteKey: 'site', secretKey, reCaptchaUri: captcha.url },
  })
  const newer = (secretKey: string) => ({
    type: 'product-CaptchaNode',
    settings: { siteKey: 'site', secretKey, captchaUri: captcha.url },
  })

  async function keyUsedBy(journey: string) {
    const answered = await answerStep(server.url, await startJourney(server.url, journey), ['alex', 'solved'])
    return {
      status: answered.status,
      secret: new URLSearchParams(captcha.asked[0]?.body).get('secret'),
    }
  }

  test.each([
    ['LegacyCaptcha', legacy, 'outcome'],
    ['Captcha', newer, 'true'],
  ] as const)('%s: the CAPTCHA service gets the plain key', async (name, node, outcome) => {
    await saveJourney(name, [{ type: 'UsernameCollectorNode' }, node(key)], { outcomes: [outcome] })
    expect(await keyUsedBy(name)).toEqual({ status: 200, secret: key })
    expect(server.logged()).not.toContain(key)
  })

  test.each([
    ['LegacyNamed', legacy, 'outcome'],
    ['Named', newer, 'true'],
  ] as const)('%s: can name an environment variable', async (name, node, outcome) => {
    vi.stubEnv('ESV_CAPTCHA_KEY', 'from-outside')
    const page = [{ type: 'UsernameCollectorNode' }, node('&{esv.captcha.key}')]
    await saveJourney(name, page, { outcomes: [outcome] })
    expect(await keyUsedBy(name)).toEqual({ status: 200, secret: 'from-outside' })
  })

  test('lets an LDAP Decision sign in to the directory', async () => {
    const settings = {
      primaryServers: [directory.address],
      accountSearchBaseDn: [`ou=people,${suffix}`],
      adminDn: administrator.dn,
      adminPassword: administrator.password,
      searchFilterAttributes: ['uid'],
      ldapOperationsTimeout: 5,
    }
    await saveJourney(
      'Directory',
      [
        { type: 'UsernameCollectorNode' },
        { type: 'PasswordCollectorNode' },
        { type: 'LdapDecisionNode', settings },
      ],
      { outcomes: ['TRUE'] },
    )
    const right = await startJourney(server.url, 'Directory')
    expect((await answerStep(server.url, right, ['alex', 'open-sesame'])).status).toBe(200)
    const wrong = await startJourney(server.url, 'Directory')
    expect((await answerStep(server.url, wrong, ['alex', 'not-it'])).status).toBe(401)
    expect(server.logged()).not.toContain(administrator.password)
  })

  test('lets an OTP Email Sender sign in to the mail server', async () => {
    const settings = {
      hostName: '127.0.0.1',
      hostPort: mail.port,
      sslOption: 'NON_SSL',
      username: 'desk',
      password: 'right',
      fromEmailAddress: 'codes@example.com',
      emailContent: { en: 'Code: {{OTP}}' },
    }
    await saveJourney(
      'Code',
      [{ type: 'OneTimePasswordSmtpSenderNode', settings }, { type: 'OneTimePasswordCollectorDecisionNode' }],
      {
        before: [
          { type: 'SetStateNode', settings: { attributes: { emailAddress: 'alex@example.com' } } },
          { type: 'OneTimePasswordGeneratorNode', settings: { length: 6 } },
        ],
        outcomes: ['true'],
      },
    )
    const asked = await startJourney(server.url, 'Code')
    const { user, to, body } = await mail.arrived(1)
    expect({ user, to }).toEqual({ user: 'desk', to: ['alex@example.com'] })
    const code = /\d{6}/.exec(body)?.[0]
    expect((await answerStep(server.url, asked, [code])).status).toBe(200)
  })
})

describe('the version of a node on a page', () => {
  const known = {
    before: [{ type: 'SetStateNode', settings: { attributes: { username: 'alex' } } }],
  }
  const prefilled = (type: string) => ({ type, version: '2.0', settings: { prepopulate: true } })

  test.each(['ValidatedUsernameNode', 'UsernameCollectorNode'])(
    '%s 2.0 prefills the username that the journey knows',
    async (type) => {
      await saveJourney(`Prefilled${type}`, [prefilled(type), { type: 'PasswordCollectorNode' }], known)
      const [field] = stepOf(await startJourney(server.url, `Prefilled${type}`)).callbacks
      expect(field).toMatchObject({ type: 'NameCallback', input: [{ value: 'alex' }] })
    },
  )

  test('also counts if the page doesn’t name it', async () => {
    const page = [{ ...prefilled('ValidatedUsernameNode') }, { type: 'PasswordCollectorNode' }]
    await saveJourney('Unsaid', page, known)
    const { body } = await ask(`${trees}/nodes/PageNode/1.0/Unsaid-page`)
    const nodes = body.nodes.map(({ nodeVersion: _version, ...child }: JsonObject) => child)
    await ask(`${trees}/nodes/PageNode/1.0/Unsaid-page`, { method: 'PUT', body: { ...body, nodes } })
    const [field] = stepOf(await startJourney(server.url, 'Unsaid')).callbacks
    expect(field).toMatchObject({ type: 'NameCallback', input: [{ value: 'alex' }] })
  })

  test('can be a number, as some exports write it', async () => {
    const page = [{ ...prefilled('ValidatedUsernameNode') }, { type: 'PasswordCollectorNode' }]
    await saveJourney('Number', page, known)
    const { body } = await ask(`${trees}/nodes/PageNode/1.0/Number-page`)
    const nodes = body.nodes.map((child: JsonObject) => ({
      ...child,
      nodeVersion: child.nodeType === 'ValidatedUsernameNode' ? 2 : 1,
    }))
    const saved = await ask(`${trees}/nodes/PageNode/1.0/Number-page`, {
      method: 'PUT',
      body: { ...body, nodes },
    })
    expect(saved.status).toBe(200)
    const step = stepOf(await startJourney(server.url, 'Number'))
    expect(step.callbacks[0]).toMatchObject({ input: [{ value: 'alex' }] })
    expect(step.callbacks).toHaveLength(2)
  })

  test('1.0 prefills nothing', async () => {
    await saveJourney('First', [{ type: 'ValidatedUsernameNode' }, { type: 'PasswordCollectorNode' }], known)
    const [field] = stepOf(await startJourney(server.url, 'First')).callbacks
    expect(field).toMatchObject({ type: 'NameCallback', input: [{ value: '' }] })
  })
})

describe('a page with invalid settings', () => {
  test('ends the journey if it contains itself', async () => {
    const name = 'Loop'
    await saveJourney(name, [{ type: 'UsernameCollectorNode' }])
    const { body } = await ask(`${trees}/nodes/PageNode/1.0/${name}-page`)
    const nodes = [{ _id: `${name}-page`, nodeType: 'PageNode', displayName: 'Itself' }]
    await ask(`${trees}/nodes/PageNode/1.0/${name}-page`, { method: 'PUT', body: { ...body, nodes } })
    const { status } = await startJourney(server.url, name)
    expect(status).toBe(401)
    expect(server.logged()).toContain('Illegal child node type: PageNode')
  })
})

describe('a Configuration Provider', () => {
  const imitating = (script: string, nodeVersion?: unknown) => ({
    nodeType: 'UsernameCollectorNode',
    script,
    scriptInputs: ['*'],
    ...defined({ nodeVersion }),
  })

  async function saveScript(id: string, source: string) {
    const body = {
      name: id,
      script: Buffer.from(source).toString('base64'),
      language: 'JAVASCRIPT',
      context: 'CONFIG_PROVIDER_NODE_NEXT_GEN',
      evaluatorVersion: '2.0',
    }
    const path = `/realms/root/realms/alpha/scripts/${id}`
    expect((await ask(path, { method: 'PUT', body })).status).toBe(201)
  }

  /** The value that the imitated Username Collector shows. */
  async function prefilledBy(name: string, nodeVersion?: unknown) {
    const type = 'ConfigProviderNode'
    const before = [
      { type: 'SetStateNode', settings: { attributes: { username: 'alex' } } },
      { type, settings: imitating('prefilled', nodeVersion) as JsonObject },
    ]
    await saveJourney(name, [{ type: 'PasswordCollectorNode' }], { before })
    const [field] = stepOf(await startJourney(server.url, name)).callbacks
    return field?.input?.[0]?.value
  }

  beforeAll(() => saveScript('prefilled', 'config = { prepopulate: true }'))

  test.each([
    ['the number 2', 2],
    ['the text 2.0', '2.0'],
  ])('imitates the version in nodeVersion: %s', async (name, nodeVersion) => {
    expect(await prefilledBy(`Imitated ${name}`.replaceAll(' ', ''), nodeVersion)).toBe('alex')
  })

  test.each([
    ['Unset', undefined],
    ['One', 1],
  ])('imitates version 1.0 otherwise: %s', async (name, nodeVersion) => {
    expect(await prefilledBy(`Imitated${name}`, nodeVersion)).toBe('')
  })

  test('is read as it was written, and its type describes the setting', async () => {
    const path = `${trees}/nodes/ConfigProviderNode/1.0/written`
    const saved = await ask(path, { method: 'PUT', body: imitating('prefilled', 1) })
    expect(saved).toMatchObject({ status: 201, body: { nodeVersion: 1 } })
    expect((await ask(path)).body.nodeVersion).toBe(1)
    const schema = `${trees}/nodes/ConfigProviderNode?_action=schema`
    const { body } = await ask(schema, { method: 'POST', body: {} })
    expect(body.properties.nodeVersion).toMatchObject({ type: 'integer', title: 'Node Version' })
    expect(body.required).not.toContain('nodeVersion')
  })

  test.each([0, -1, 1.5, '', null, {}])('rejects a nodeVersion of %j', async (nodeVersion) => {
    const path = `${trees}/nodes/ConfigProviderNode/1.0/refused`
    expect((await ask(path, { method: 'PUT', body: imitating('prefilled', nodeVersion) })).status).toBe(400)
  })

  test('has only its failure outcome for an unknown version', async () => {
    const path = `${trees}/nodes/ConfigProviderNode/1.0/missing`
    const { body } = await ask(path, { method: 'PUT', body: imitating('prefilled', 9) })
    expect(body._outcomes.map(({ id }: { id: string }) => id)).toEqual(['CONFIGURATION_FAILED'])
  })
})
