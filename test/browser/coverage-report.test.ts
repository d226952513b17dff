import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { coverageReport } from '../../src/testing/coverage/coverage-report.ts'
import {
  configurationOf,
  oneOutcome,
  twoOutcomes,
  visitsOf,
} from '../../src/testing/coverage/fixtures/configuration.ts'
import { coveredScript } from '../../src/testing/coverage/fixtures/covered-script.ts'
import { writeCoverageHtml } from '../../src/testing/coverage/html/coverage-html.ts'
import { OutcomeCounter } from '../../src/testing/coverage/outcome-counter.ts'
import { expectGoodInEveryLook, TestBrowser } from './browser.ts'

const folder = mkdtempSync(join(tmpdir(), 'coverage-'))
let browser: TestBrowser

beforeAll(async () => {
  browser = await TestBrowser.launch()
  const risk = {
    type: 'ScriptedDecisionNode',
    to: { low: 'check', high: 'failure' },
    config: { script: 'risk', outcomes: ['low', 'high'], inputs: ['*'], outputs: ['*'] },
  }
  const configuration = configurationOf(
    {
      Login: {
        name: { type: oneOutcome, to: { outcome: 'risk' } },
        risk,
        check: { type: twoOutcomes, to: { true: 'success', false: 'name' } },
        lost: { type: twoOutcomes, to: { true: 'success' } },
      },
    },
    { risk: { source: "if (low)\n  outcome = 'low'\nelse\n  outcome = 'high'" } },
  )
  const counter = new OutcomeCounter(configuration)
  counter.add(visitsOf('Login/name → outcome', 'Login/risk → low', 'Login/check → true'))
  const scripts = [coveredScript('risk', { 1: 1, 2: 1, 4: 0 }, { 1: [1, 0] })]
  writeCoverageHtml(folder, coverageReport(configuration, counter.report(), scripts), configuration)
})

afterAll(async () => {
  await browser.close()
  rmSync(folder, { recursive: true })
})

function addressOf(name: string): string {
  return pathToFileURL(join(folder, name)).href
}

test('every page of the report looks good from the file system, without a request elsewhere', async () => {
  const page = await (await browser.person()).newPage()
  const requested: string[] = []
  const logged: string[] = []
  page.on('request', (request) => requested.push(request.url()))
  page.on('console', (message) => logged.push(message.text()))
  const names = ['index.html', 'journey-1-Login.html', 'script-1-risk.html']
  for (const name of names) await page.goto(addressOf(name))
  expect({ logged, elsewhere: requested.filter((url) => !url.startsWith(addressOf(''))) }).toEqual({
    logged: [],
    elsewhere: [],
  })
  // Requests of the check itself for the stylesheet are refused and logged.
  for (const name of names) {
    await page.goto(addressOf(name))
    await expectGoodInEveryLook(page)
  }
})

test('a keyboard user fits the picture, and gets from an uncovered outcome to its node and to its script', async () => {
  const page = await (await browser.person({ size: 'phone' })).newPage()
  await page.goto(addressOf('journey-1-Login.html'))
  const width = async () => (await page.locator('svg').boundingBox())?.width ?? 0
  expect(await width()).toBeLessThan(390)
  await page.getByLabel('Fit to width').press('Space')
  expect(await width()).toBeGreaterThan(390)

  await page.getByRole('link', { name: 'Node check' }).press('Enter')
  expect(await page.locator('.node:target').getAttribute('id')).toBe('node-check')
  await page.getByRole('link', { name: 'Node risk: open its script' }).press('Enter')
  await page.getByRole('heading', { name: 'risk' }).waitFor()
})
