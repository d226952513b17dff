import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { signInAsAdministrator } from '../support/backchannel-client.ts'
import { saveJourney } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import {
  type RadiusReply,
  type RadiusRequest,
  type RadiusServer,
  startRadiusServer,
} from '../support/radius-server.ts'
import { type Ask, asking } from '../support/rest.ts'
import type { TestServer } from '../support/start-server.ts'
import { answerStep, startJourney, stepOf } from '../support/wire.ts'

const secret = 'shared-secret-of-larkfield'

let radius: RadiusServer
let server: TestServer
let ask: Ask
let reply: (request: RadiusRequest) => RadiusReply | Promise<RadiusReply>

/** Asks for a token after the right password. */
const usual = ({ password, state }: RadiusRequest): RadiusReply => {
  if (state === 'token-please') return { code: password === '755224' ? 2 : 3 }
  if (password !== 'Open-Sesame-1') return { code: 3 }
  return {
    code: 11,
    attributes: [
      [24, 'token-please'],
      [18, 'Code of your token?'],
    ],
  }
}

beforeAll(async () => {
  vi.stubEnv('ESV_AM_AUTHENTICATION_NODES_RADIUS_BRANCH_SECRET', secret)
  radius = await startRadiusServer(secret, (request) => reply(request))
  const config = {
    primaryServers: [radius.address],
    sharedSecretPurpose: 'branch',
    timeout: 2,
    checkForLockout: true,
  }
  const decide = {
    type: 'RadiusDecisionNode',
    config,
    to: { TRUE: 'success', FALSE: 'failure', CHALLENGE: 'collect', LOCKED: 'failure' },
  }
  const prepare: Parameters<typeof startPrepared>[0] = (stores) =>
    saveJourney(
      stores,
      'Radius',
      {
        name: { type: 'UsernameCollectorNode', to: { outcome: 'word' } },
        word: { type: 'PasswordCollectorNode', to: { outcome: 'decide' } },
        decide,
        count: { type: 'IncrementLoginCountNode', to: { outcome: 'decide' } },
        collect: { type: 'RadiusChallengeCollectorNode', to: { outcome: 'count' } },
      },
      { noSession: false },
    )
  server = await startPrepared(prepare, { radiusAllow: [radius.address], trustedProxies: ['127.0.0.1'] })
  ask = asking(server.url, await signInAsAdministrator(server.url))
}, 120_000)

afterAll(async () => {
  vi.unstubAllEnvs()
  await server?.stop()
  await radius?.stop()
})

let address = '198.51.100.1'

async function tried(...answers: string[]) {
  const headers = { 'x-forwarded-for': address }
  let step = await startJourney(server.url, 'Radius', { headers })
  for (const value of answers) step = await answerStep(server.url, step, [value], { headers })
  return step
}

test('signs in with a password and the answer to a challenge', async () => {
  reply = usual
  const challenged = await tried('alex', 'Open-Sesame-1')
  expect(stepOf(challenged).callbacks).toMatchObject([
    { type: 'PasswordCallback', output: [{ name: 'prompt', value: 'Code of your token?' }] },
  ])
  expect(JSON.stringify(challenged.body)).not.toContain('token-please')
  const { status, body } = await answerStep(server.url, challenged, ['755224'])
  expect([status, typeof body.tokenId]).toEqual([200, 'string'])
})

test.each([
  ['a wrong password', ['alex', 'Wrong-1']],
  ['a wrong answer', ['alex', 'Open-Sesame-1', '000000']],
])('%s fails', async (_what, answers) => {
  reply = usual
  expect((await tried(...answers)).status).toBe(401)
})

test.each<[string, RadiusReply]>([
  ['without Message-Authenticator (CVE-2024-3596)', { code: 2, proof: 'none' }],
  ['of a server without the secret', { code: 2, secret: 'guessed' }],
])('an acceptance %s fails, and the log has no secrets', async (_what, forged) => {
  reply = () => forged
  expect((await tried('alex', 'Open-Sesame-1')).status).toBe(401)
  expect(server.logged()).toContain('no RADIUS server answered')
  for (const hidden of [secret, 'Open-Sesame-1']) expect(server.logged()).not.toContain(hidden)
})

test('a step that runs again, because the person changed meanwhile, sends a one-time code once', async () => {
  const people = '/openidm/managed/alpha_user'
  const [{ _id: alex }] = (await ask(`${people}?_queryFilter=${encodeURIComponent('userName eq "alex"')}`))
    .body.result
  // A repeated packet is the same request.
  const sent = new Set<string>()
  reply = async (request) => {
    if (request.state === '') return usual(request)
    sent.add(String(request.attributes))
    const body = [{ operation: 'replace', field: '/city', value: 'Larkfield' }]
    expect((await ask(`${people}/${alex}`, { method: 'PATCH', body })).status).toBe(200)
    return usual(request)
  }
  const { status, body } = await tried('alex', 'Open-Sesame-1', '755224')
  expect([status, typeof body.tokenId]).toEqual([200, 'string'])
  expect(sent.size).toBe(1)
})

test('wrong passwords and answers count against their address', async () => {
  const settings = '/realms/root/realms/alpha/realm-config/settings'
  await ask(settings, { method: 'PUT', body: { limits: { failuresPerAddress: 2 } } })
  try {
    reply = usual
    address = '198.51.100.2'
    const asked = radius.requests.length
    expect((await tried('new.one', 'Wrong-1')).status).toBe(401)
    expect((await tried('new.two', 'Open-Sesame-1', '000000')).status).toBe(401)
    expect(radius.requests).toHaveLength(asked + 3)
    expect((await tried('new.three', 'Open-Sesame-1')).status).toBe(429)
    expect(radius.requests).toHaveLength(asked + 3)
    address = '198.51.100.3'
    expect(stepOf(await tried('new.three', 'Open-Sesame-1')).callbacks).toHaveLength(1)
  } finally {
    await ask(settings, { method: 'PUT', body: { limits: { failuresPerAddress: 100 } } })
  }
})
