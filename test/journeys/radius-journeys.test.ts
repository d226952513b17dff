import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { saveJourney } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import { type RadiusReply, type RadiusServer, startRadiusServer } from '../support/radius-server.ts'
import type { TestServer } from '../support/start-server.ts'
import { answerStep, startJourney, stepOf } from '../support/wire.ts'

const secret = 'shared-secret-of-larkfield'

let radius: RadiusServer
let server: TestServer
let reply: (request: { userName: string; password: string; state: string }) => RadiusReply

/** Asks for a token after the right password. */
const usual: typeof reply = ({ password, state }) => {
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
  const config = { primaryServers: [radius.address], sharedSecretPurpose: 'branch', timeout: 1 }
  const decide = {
    type: 'RadiusDecisionNode',
    config,
    to: { TRUE: 'success', FALSE: 'failure', CHALLENGE: 'collect' },
  }
  const prepare: Parameters<typeof startPrepared>[0] = (stores) =>
    saveJourney(
      stores,
      'Radius',
      {
        name: { type: 'UsernameCollectorNode', to: { outcome: 'word' } },
        word: { type: 'PasswordCollectorNode', to: { outcome: 'decide' } },
        decide,
        collect: { type: 'RadiusChallengeCollectorNode', to: { outcome: 'decide' } },
      },
      { noSession: false },
    )
  server = await startPrepared(prepare, { radiusAllow: [radius.address] })
}, 120_000)

afterAll(async () => {
  vi.unstubAllEnvs()
  await server?.stop()
  await radius?.stop()
})

async function tried(...answers: string[]) {
  let step = await startJourney(server.url, 'Radius')
  for (const value of answers) step = await answerStep(server.url, step, [value])
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
