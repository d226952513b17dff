import { randomUUID } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { BrowserContext, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { recordingProject } from '../support/recorded-project.ts'
import { startServer, type TestServer } from '../support/start-server.ts'
import { startJourney } from '../support/wire.ts'
import { expectAccessible, TestBrowser } from './browser.ts'
import { wireOf } from './console.ts'
import { emptyJourney, engineer, failureId, openJourney, storeJourney, successId } from './editor.ts'
import { originOf } from './signed-in.ts'

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

/** @returns the id of the script. */
async function storeScript(person: BrowserContext, name: string, source: string): Promise<string> {
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
  return script
}

/** Stores a journey that is one Scripted Decision, and its script. */
async function storeScripted(person: BrowserContext, name: string, source: string): Promise<void> {
  const script = await storeScript(person, name, source)
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
  expect(await run.getByRole('status').filter({ hasText: 'Failure' }).getAttribute('class')).toContain('bad')
  const tops = await run
    .locator('header')
    .first()
    .getByRole('button')
    .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().bottom - one.clientHeight / 2))
  expect(Math.max(...tops) - Math.min(...tops)).toBeLessThan(4)
  await run.getByRole('link', { name: 'Open Throws script, line 3' }).click()

  await page.getByRole('textbox', { name: 'Script', exact: true }).waitFor()
  await expect.poll(() => page.evaluate(() => getSelection()?.toString())).toBe('nodeStat.get("x")')
  const focused = page.locator(':focus')
  expect(await focused.getAttribute('aria-label')).toBe('Script')
})

/** Stores a journey with texts in two languages, a username, and a page that shows the user agent. */
async function storeGreeting(person: BrowserContext): Promise<void> {
  const shows = `if (callbacks.isEmpty()) callbacksBuilder.textInputCallback(requestHeaders.get('user-agent').get(0))
    else outcome = 'next'`
  const script = await storeScript(person, 'Greets', shows)
  const journey = emptyJourney('Greets')
  const [page = '', name = '', show = '', message = ''] = Array.from({ length: 4 }, () => randomUUID())
  const at = (nodeType: string, displayName: string, connections: Record<string, string>) => ({
    nodeType,
    displayName,
    connections,
    x: 200,
    y: 96,
  })
  journey.tree.nodes = {
    [page]: at('PageNode', 'Welcome', { outcome: show }),
    [show]: at('ScriptedDecisionNode', 'Show', { next: message }),
    [message]: at('MessageNode', 'Say', { true: successId, false: failureId }),
  }
  const child = { _id: name, nodeType: 'UsernameCollectorNode', displayName: 'Name' }
  journey.nodes = {
    [page]: {
      _id: page,
      _type: { _id: 'PageNode' },
      nodes: [child],
      pageHeader: { en: 'Welcome', fr: 'Bienvenue' },
      pageDescription: {},
    },
    [show]: { _id: show, _type: { _id: 'ScriptedDecisionNode' }, script, outcomes: ['next'] },
    [message]: {
      _id: message,
      _type: { _id: 'MessageNode' },
      message: { en: 'Go on', fr: 'Continuez' },
      messageYes: {},
      messageNo: {},
    },
  }
  journey.innerNodes = { [name]: { _id: name, _type: { _id: 'UsernameCollectorNode' } } }
  journey.tree.entryNodeId = page
  await storeJourney(person, server, journey)
}

async function openRunAs(side: Locator): Promise<Locator> {
  await side.getByRole('button', { name: /^Run as/ }).click()
  return side.getByRole('form', { name: 'Run as' })
}

async function choose(page: Page, form: Locator, field: string, option: string): Promise<void> {
  await form.getByRole('combobox', { name: field }).click()
  await page.getByRole('option', { name: option, exact: true }).click()
}

it('runs as a person, in a language and on a device, and remembers them', async () => {
  const person = await engineer(browser, server)
  await storeGreeting(person)
  const page = await openJourney(person, server, 'Greets')
  const run = page.getByRole('region', { name: 'Run' })
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await run.getByRole('heading', { name: 'Welcome' }).waitFor()
  expect(await run.getByRole('textbox', { name: 'User Name' }).inputValue()).toBe('')

  const form = await openRunAs(run)
  const isFocused = () => run.getByRole('button', { name: /^Run as/ }).evaluate((it) => it.matches(':focus'))
  await form.getByRole('button', { name: 'Cancel' }).click()
  await expect.poll(isFocused).toBe(true)
  await openRunAs(run)
  await form.getByRole('combobox', { name: 'Username' }).fill('al')
  await page.getByRole('option', { name: 'alex', exact: true }).click()
  await choose(page, form, 'Language', 'Other…')
  await choose(page, form, 'Device', 'Other user agent…')
  await form.getByRole('textbox', { name: 'User agent' }).fill('')
  const start = form.getByRole('button', { name: 'Start again as this' })
  await form.getByRole('textbox', { name: 'Language tag' }).fill('f')
  await start.click()
  await form.getByText('A language tag, such as fr-CA').waitFor()
  await form.getByText('Enter a user agent').waitFor()
  await expectAccessible(page)
  await form.getByRole('textbox', { name: 'Language tag' }).fill('fr_ca')
  await choose(page, form, 'Device', 'Windows, Firefox')
  await start.click()
  await expect.poll(isFocused).toBe(true)

  // The next start, after a reload, has the same choices.
  const words = 'Run as: alex · français (Canada) · Windows, Firefox'
  for (const again of [async () => {}, () => page.reload()]) {
    await again()
    if ((await run.count()) === 0) await page.getByRole('button', { name: 'Run', exact: true }).click()
    await run.getByRole('button', { name: words }).waitFor()
    await run.getByRole('heading', { name: 'Bienvenue' }).waitFor()
    expect(await run.getByRole('textbox', { name: 'User Name' }).inputValue()).toBe('alex')
    await next(run)
    await run.getByRole('textbox', { name: /Windows NT 10.0; .* Firefox\// }).waitFor()
    await next(run)
    await run.getByText('Continuez').waitFor()
  }
})

const next = (side: Locator) => side.getByRole('button', { name: 'Next', exact: true }).click()

it('runs both sides of a check beside each other, each with its trace', async () => {
  const person = await engineer(browser, server)
  const page = await openJourney(person, server, 'ProveWithCode')
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await page.getByRole('link', { name: 'VerifyWithCode' }).click()
  await page.getByRole('heading', { name: 'VerifyWithCode', level: 1 }).waitFor()

  // Only an agent starts the journey, so one signs in first. Nothing is bypassed.
  const agent = page.getByRole('region', { name: 'Run' })
  await agent.getByText('Only a help-desk agent may start this journey').waitFor()
  await agent.getByRole('button', { name: 'Sign in first' }).last().click()
  await agent.getByRole('textbox', { name: 'User Name' }).fill('dana')
  await agent.getByRole('textbox', { name: 'Password' }).fill('Dana-Pass-2026')
  await next(agent)
  await agent.getByRole('textbox', { name: 'Email Address' }).fill('alex@example.com')
  await next(agent)
  const code = await agent.getByText('Code to read out:').locator('strong').first().textContent()

  await agent.getByRole('button', { name: 'Open as the caller' }).first().click()
  const caller = page.getByRole('region', { name: 'Caller' })
  const form = await openRunAs(caller)
  await choose(page, form, 'Device', 'iPhone, Safari')
  const startingAgain = page.waitForRequest(/_action=continueAsCaller/)
  await form.getByRole('button', { name: 'Start again as this' }).click()
  expect((await startingAgain).postDataJSON()).toEqual({ userAgent: expect.stringContaining('iPhone') })
  expect(await agent.getByRole('button', { name: 'Run as: this browser' }).count()).toBe(1)
  expect(await caller.getByRole('link', { name: 'ProveWithCode' }).first().getAttribute('href')).toBe(
    '/console/journeys/ProveWithCode?realm=%2Falpha',
  )
  await caller.getByRole('button', { name: 'Continue' }).click()
  await caller.getByRole('textbox', { name: 'Code that the agent reads to you' }).fill(code ?? '')
  await next(caller)
  await caller.getByRole('textbox', { name: 'Password' }).fill('Alex-Pass-2026')
  await next(caller)
  await caller.getByText('Signed in').waitFor()
  await agent.getByText(/successfully authenticated/).waitFor()
  await caller
    .getByRole('button', { name: /Data Store Decision|Check/ })
    .first()
    .waitFor()
  expect(await page.content()).not.toContain('authIndexType=transaction')
  await next(agent)
  expect(await keptTest(page)).toEqual({ secrets: [], status: 0 })
})

it('keeps a run as a test that passes', async () => {
  const person = await engineer(browser, server)
  const page = await openJourney(person, server, 'Login')
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  const run = page.getByRole('region', { name: 'Run' })
  let requests = 1
  for (const password of ['Not-The-Password-99', 'Alex-Pass-2026']) {
    await run.getByRole('textbox', { name: 'User Name' }).fill('alex')
    await run.getByRole('textbox', { name: 'Password' }).fill(password)
    await next(run)
    await run.getByRole('region', { name: `Request ${++requests}` }).waitFor()
  }
  expect(await keptTest(page)).toEqual({ secrets: [], status: 0 })
})

/** Downloads the run as a test and runs it in a project with the samples. @returns secrets that the file contains. */
async function keptTest(page: Page) {
  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Keep as test' }).click()
  const download = await downloading
  const file = await readFile(await download.path(), 'utf8')
  const project = recordingProject()
  await mkdir(join(project.folder, 'tests'), { recursive: true })
  await writeFile(join(project.folder, 'tests', download.suggestedFilename()), file)
  const { status, output } = await project.test()
  if (status !== 0) throw new Error(`${file}\n${output}`)
  const secrets = ['Alex-Pass-2026', 'Dana-Pass-2026', 'Not-The-Password-99', 'eyJ', '://']
  return { secrets: secrets.filter((secret) => file.includes(secret)), status }
}

it('leads from a failed sign-in in the audit trail to its run, node and script line', async () => {
  const person = await engineer(browser, server)
  await storeScripted(person, 'Broken', 'outcome = none')
  expect((await startJourney(server.url, 'Broken')).status).toBe(401)
  const page = await person.newPage()
  await page.goto(`${originOf(server)}/console/audit?realm=%2Falpha`)
  await page.getByRole('switch', { name: 'Failed sign-ins' }).check()
  const reason = 'The script “Broken script” threw an exception in line 1.'
  await page.getByRole('row').filter({ hasText: reason }).getByRole('link').click()
  const entry = page.getByRole('region', { name: /^Entry/ })
  await entry.getByText(`Decide: ${reason}`).waitFor()
  await entry.getByRole('link', { name: 'Open the run' }).click()

  const run = page.getByRole('region', { name: 'Run' })
  await run.locator('button[aria-current=step]').filter({ hasText: 'Decide' }).waitFor()
  await run.getByText('Only runs that are started in the editor record what a script throws.').waitFor()
  await run.getByRole('link', { name: 'Open Broken script, line 1' }).waitFor()
  expect(await page.content()).not.toContain('none is not defined')
})
