import { randomUUID } from 'node:crypto'
import type { BrowserContext } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startServer, type TestServer } from '../support/start-server.ts'
import { TestBrowser } from './browser.ts'
import { wireOf } from './console.ts'
import { emptyJourney, engineer, openJourney, storeJourney, successId } from './editor.ts'

let server: TestServer
let browser: TestBrowser

beforeAll(async () => {
  server = await startServer()
  browser = await TestBrowser.launch()
})

afterAll(async () => {
  browser.expectNoProblems()
  await browser.close()
  await server.stop()
})

/** Stores a journey that is one Scripted Decision, and its script. */
async function storeScripted(person: BrowserContext, name: string, source: string): Promise<void> {
  const script = randomUUID()
  const saved = await wireOf(person, server).put(`/am/json/realms/root/realms/alpha/scripts/${script}`, {
    _id: script,
    name: `${name} script`,
    script: Buffer.from(source).toString('base64'),
    language: 'JAVASCRIPT',
    context: 'SCRIPTED_DECISION_NODE',
    evaluatorVersion: '2.0',
  })
  expect(saved.status).toBe(201)
  const journey = emptyJourney(name)
  const id = randomUUID()
  journey.tree.nodes[id] = {
    nodeType: 'ScriptedDecisionNode',
    displayName: 'Decide',
    connections: { next: successId },
    x: 200,
    y: 96,
  }
  journey.nodes[id] = {
    _id: id,
    _type: { _id: 'ScriptedDecisionNode' },
    script,
    outcomes: ['next'],
    inputs: ['*'],
    outputs: ['*'],
  }
  journey.tree.entryNodeId = id
  await storeJourney(person, server, journey)
}

it('shows what a script threw, and opens the script at the line', async () => {
  const person = await engineer(browser, server)
  await storeScripted(person, 'Throws', '// The third line throws.\n\nnodeStat.get("x")\noutcome = "next"')
  const page = await openJourney(person, server, 'Throws')
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  const run = page.getByRole('region', { name: 'Run' })
  await run.getByText('The script “Throws script” threw an exception in line 3.').waitFor()
  await run.getByText('ReferenceError: nodeStat is not defined', { exact: true }).waitFor()
  await run.getByRole('link', { name: 'Open Throws script, line 3' }).click()

  await page.getByRole('textbox', { name: 'Script', exact: true }).waitFor()
  await expect.poll(() => page.evaluate(() => getSelection()?.toString())).toBe('nodeStat.get("x")')
  const focused = page.locator(':focus')
  expect(await focused.getAttribute('aria-label')).toBe('Script')
})
