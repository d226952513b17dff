import { afterAll, beforeAll, expect, test } from 'vitest'
import { scriptSchema } from '../../src/scripts/script.ts'
import { saveJourney, scripted } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import type { TestServer } from '../support/start-server.ts'
import { startJourney } from '../support/wire.ts'

// Text that is valid JavaScript, in scripts of either language.
const source = 'action.goTo("out")'

let server: TestServer
beforeAll(async () => {
  server = await startPrepared(async (stores) => {
    await saveJourney(stores, 'JavaScript', { run: await scripted(stores, 'js', source, { out: 'success' }) })
    await saveJourney(stores, 'Groovy', { run: await scripted(stores, 'gr', source, { out: 'success' }) })
    const context = 'AUTHENTICATION_TREE_DECISION_NODE'
    const groovy = { id: 'gr', name: 'gr', source, context, evaluatorVersion: '2.0', language: 'GROOVY' }
    await stores.scripts.save('/alpha', scriptSchema.parse(groovy))
  })
})
afterAll(() => server.stop())

test('a Groovy script fails even if it is valid JavaScript', async () => {
  expect((await startJourney(server.url, 'JavaScript')).status).toBe(200)
  expect((await startJourney(server.url, 'Groovy')).status).toBe(401)
  expect(server.logged()).toContain("Script 'gr' is in Groovy and cannot run")
})
