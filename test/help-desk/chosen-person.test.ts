import { afterAll, beforeAll, expect, test } from 'vitest'
import { get } from '../support/backchannel-client.ts'
import { agentSignsIn, linkOf } from '../support/help-desk-play.ts'
import { startServer, type TestServer } from '../support/start-server.ts'
import { answerStep, startJourney } from '../support/wire.ts'

const samOne = 'dbb1cbb2-9ab7-4e59-bae5-1790fb20ebd6'
const samTwo = '87932b85-dd6d-4cb6-8a5b-6b7d8a9dbffd'

let server: TestServer
let url: string
let agent: string

beforeAll(async () => {
  server = await startServer()
  url = server.url
  agent = await agentSignsIn(url)
})
afterAll(() => server.stop())

/** The agent starts a check with the address that sam.one and sam.two share. */
async function startCheck(chosen?: string) {
  const headers = { iplanetdirectorypro: agent }
  const query = `&ForceAuth=true${chosen === undefined ? '' : `&chosenPerson=${chosen}`}`
  const start = await startJourney(url, 'HelpDesk', { query, headers })
  return answerStep(url, start, ['shared@example.com'], { headers })
}

test.each([
  ['sam.one', samOne, samTwo],
  ['sam.two', samTwo, samOne],
])('of two people who share an address, the agent checks the chosen one: %s', async (_name, id, otherId) => {
  const { reference } = await linkOf(url, await startCheck(id))
  const { body } = await get(url, `help-desk/verifications/${reference}`, { session: agent })
  expect(JSON.stringify(body)).toContain(`"${id}"`)
  expect(JSON.stringify(body)).not.toContain(otherId)
})

test('an agent who chooses neither of them starts no check', async () => {
  expect((await startCheck()).status).toBe(401)
})
