import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  agentSignsIn,
  callerOpens,
  letAnyoneStartChecks,
  linkOf,
  message,
} from '../support/help-desk-play.ts'
import { saveJourney, scripted } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import { type Ask, asking } from '../support/rest.ts'
import { requestOf, secondAgentApproves } from '../support/second-agent.ts'
import { adminPassword, type TestServer } from '../support/start-server.ts'
import { answerStep, signIn, startJourney } from '../support/wire.ts'

/** Object id of the second agent in the samples. */
const noor = 'c0e4a5f2-3b71-4f5e-8a6d-2f9b7d104c38'
const alpha = '/realms/root/realms/alpha'
let server: TestServer
let url: string
let ask: Ask
let headers: { iplanetdirectorypro: string }

/** A journey with a page between approval and opening, whose scripts write the texts of the check and another name. */
beforeAll(async () => {
  server = await startPrepared(async (stores) => {
    const about =
      'nodeState.putShared("username", "alex"); nodeState.putShared("about", { username: "alex", action: "Unlock the account" }); action.goTo("done")'
    const forge =
      'nodeState.putShared("secondAgentName", "Lena Lead"); nodeState.putShared("secondAgent", "lena"); action.goTo("done")'
    await saveJourney(stores, 'Forger', {
      about: await scripted(stores, 'about', about, { done: 'approval' }),
      approval: {
        type: 'SidegateSecondAgentNode',
        config: { dataKey: 'about' },
        to: {
          approved: 'page',
          declined: 'failure',
          expired: 'failure',
          unavailable: 'failure',
          exited: 'failure',
        },
      },
      page: {
        type: 'MessageNode',
        config: { message: { en: 'Go on?' } },
        to: { true: 'forge', false: 'failure' },
      },
      forge: await scripted(stores, 'forge', forge, { done: 'open' }),
      open: {
        type: 'BackChannelInitNode',
        config: { tree: 'ProveWithCode', idType: 'USER', usernameKey: 'username', dataKey: 'about' },
        to: { created: 'wait', unknown: 'failure', error: 'failure' },
      },
      wait: { type: 'PollingWaitNode', to: { DONE: 'success' } },
    })
  })
  url = server.url
  headers = { iplanetdirectorypro: await agentSignsIn(url) }
  ask = asking(url, await signIn(url, 'amadmin', adminPassword, '/'))
  await letAnyoneStartChecks(url)
})
afterAll(() => server.stop())

const setRoles = (roles: string[]) =>
  ask(`/openidm/managed/alpha_user/${noor}?_action=setRoles`, { method: 'POST', body: { roles } })

const starts = () => startJourney(url, 'Forger', { query: '&ForceAuth=true', headers })

/** @returns what the caller reads, and the name in the list of checks. */
async function opened(page: Awaited<ReturnType<typeof starts>>) {
  const { id, reference } = await linkOf(url, await answerStep(url, page, [0], { headers }))
  const { body } = await ask(`${alpha}/help-desk/verifications/${reference}`, {
    as: headers.iplanetdirectorypro,
  })
  return { reads: String(message(await callerOpens(url, id))), listed: body.secondAgent }
}

test('the caller reads the name of the agent who approved, whatever a script writes', async () => {
  const { reads, listed } = await opened(await secondAgentApproves(url, await starts(), headers))
  expect(reads).toContain('Second agent: Noor Night')
  expect(reads).not.toContain('Lena')
  expect(listed).toBe('Noor Night')
})

test('an agent who lost the role between approval and opening is not named, and does not count', async () => {
  const page = await secondAgentApproves(url, await starts(), headers)
  await setRoles([])
  const { reads, listed } = await opened(page)
  await setRoles(['agent'])
  expect(reads).toContain('Unlock the account')
  expect(reads).not.toContain('Second agent')
  expect(listed).toBeNull()
})

test('an approval does not lead on if the agent who gave it lost the role meanwhile', async () => {
  const page = await starts()
  const second = await signIn(url, 'noor', 'Noor-Pass-2026')
  const path = `${alpha}/help-desk/approvals/${requestOf(page)}?_action=approve`
  expect((await ask(path, { method: 'POST', body: {}, as: second })).status).toBe(200)
  await setRoles([])
  const after = await answerStep(url, page, [100], { headers })
  await setRoles(['agent'])
  expect(after.status).toBe(401)
})
