import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { stepOf, traceOf } from '../../src/testing/trace/fixtures/trace.ts'
import { tracePage } from '../../src/testing/trace/html/trace-page.ts'
import { expectGoodInEveryLook, TestBrowser } from './browser.ts'

const folder = mkdtempSync(join(tmpdir(), 'trace-'))
let browser: TestBrowser

beforeAll(async () => {
  browser = await TestBrowser.launch()
  const event = { party: '', at: Date.UTC(2026, 0, 5, 8), about: '', sent: [], mails: [], calls: [] }
  const page = {
    kind: 'page' as const,
    title: 'Sign in',
    callbacks: [{ type: 'NameCallback', texts: ['User Name'] }],
  }
  const exception = {
    fault: 'runtime' as const,
    id: 'risk',
    name: 'Risk of the caller',
    context: '',
    line: 2,
  }
  const login = traceOf({
    runs: [
      {
        party: '',
        journey: 'Login',
        steps: [
          stepOf('name'),
          stepOf('name', {
            request: 2,
            outcome: 'outcome',
            writes: [{ key: 'username', change: 'added', after: 'alex' }],
          }),
          stepOf('risk', {
            request: 2,
            result: 'error',
            reason: 'Error: no score',
            exception: { ...exception, message: 'Error: no score' },
          }),
        ],
      },
    ],
    events: [
      { ...event, kind: 'start', about: 'Login', step: 0, line: 5, run: 0, request: 1, shown: page },
      {
        ...event,
        kind: 'answer',
        step: 0,
        line: 5,
        run: 0,
        request: 2,
        sent: [{ name: 'User Name', value: 'alex' }],
        shown: { kind: 'failure', message: 'Login failure' },
        calls: [{ method: 'GET', url: 'https://risk.example/', answer: 200, reply: { score: 7 } }],
        mails: [{ from: 'desk@example.com', to: ['alex@example.com'], subject: 'Your code' }],
      },
    ],
    differences: [
      { subject: 'ends', expected: 'success', got: 'failure "Login failure"', more: [], event: 1 },
    ],
  })
  const { format: _format, version: _version, sidegate: _sidegate, ...content } = login
  const parties = traceOf({
    ...content,
    runs: content.runs.flatMap((run) => ['agent', 'caller'].map((party) => ({ ...run, party }))),
    events: content.events.flatMap((each) =>
      ['agent', 'caller'].map((party, run) => ({ ...each, party, run })),
    ),
  })
  writeFileSync(join(folder, 'login.html'), tracePage(login))
  writeFileSync(join(folder, 'parties.html'), tracePage(parties))
})

afterAll(async () => {
  await browser.close()
  rmSync(folder, { recursive: true })
})

const addressOf = (name: string) => pathToFileURL(join(folder, name)).href

/** What the page shows about the current node. */
async function shownOn(page: Page) {
  return {
    place: await page.locator('#place').textContent(),
    node: await page.locator('.node.here .name').textContent(),
    connection: await page
      .locator('.picture:visible path.current')
      .evaluateAll((lines) => lines.map((line) => line.getAttribute('data-outcome')).join()),
    frames: await page.locator('.frame:visible').count(),
  }
}

test.each(['login.html', 'parties.html'])(
  '%s looks good, requests nothing and keeps its policy',
  async (name) => {
    const page = await (await browser.person()).newPage()
    const requested: string[] = []
    page.on('request', (request) => requested.push(request.url()))
    await page.goto(addressOf(name))
    expect(requested.filter((url) => url !== addressOf(name) && url !== 'data:,')).toEqual([])
    browser.expectNoProblems()
    await expectGoodInEveryLook(page)
  },
)

test('the page starts where the walk failed, moves by keys, buttons and links, and leads to lines and steps', async () => {
  const page = await (await browser.person()).newPage()
  await page.goto(addressOf('login.html'))
  expect(await shownOn(page)).toEqual({
    place: '3 of 3: Node risk: error',
    node: 'Node risk',
    connection: '',
    frames: 1,
  })
  const slider = page.getByRole('slider', { name: 'Node' })
  await slider.press('Home')
  expect((await shownOn(page)).place).toBe('1 of 3: Node name: shows a page')
  expect(await page.locator('.lane.covered').count()).toBe(1)
  await slider.press('ArrowRight')
  expect(await shownOn(page)).toEqual({
    place: '2 of 3: Node name → outcome',
    node: 'Node name',
    connection: 'outcome',
    frames: 1,
  })
  expect(await slider.getAttribute('aria-valuetext')).toBe('2 of 3: Node name → outcome')
  expect(await page.getByRole('region', { name: 'State' }).getByRole('row').last().textContent()).toMatch(
    /^usernameadded"alex"$/,
  )
  await page.getByRole('button', { name: 'Previous node' }).click()
  expect((await shownOn(page)).place).toMatch(/^1 of 3/)
  await page.locator('h1').click()
  await page.keyboard.press('End')
  expect((await shownOn(page)).place).toMatch(/^3 of 3/)
  await page.locator('.ran').getByRole('link', { name: 'Node name → outcome' }).click()
  expect((await shownOn(page)).place).toMatch(/^2 of 3/)
  expect(await page.locator('.event.now').textContent()).toContain('GET https://risk.example/ → 200')

  await slider.press('End')
  await page.getByRole('link', { name: 'Risk of the caller, line 2' }).press('Enter')
  expect(await page.locator('tr:target').textContent()).toContain("throw new Error('no score')")
  await page.locator('.differences').getByRole('link', { name: 'line 5' }).press('Enter')
  expect(await page.locator('tr:target').textContent()).toContain('NameCallback: alex')
  expect(await page.locator('.event.failed').textContent()).toContain('✗ ends expected success')
})

test('the page shows two parties beside each other, each at its newest node', async () => {
  const page = await (await browser.person()).newPage()
  await page.goto(`${addressOf('parties.html')}#frame-2`)
  expect(await page.locator('.party:visible h2').allInnerTexts()).toEqual(['agent', 'caller'])
  expect((await shownOn(page)).place).toMatch(/^2 of 6/)
  const currents = page.locator('.party').locator('.node.current')
  expect(await currents.count()).toBe(2)
  expect(await page.locator('.party').nth(1).locator('.node.here').count()).toBe(1)
})

test('without scripts, and on paper, the page shows every node', async () => {
  const page = await (await browser.withoutScripts()).newPage()
  await page.goto(addressOf('login.html'))
  expect(await page.locator('.frame:visible').count()).toBe(3)
  const printed = await (await browser.person()).newPage()
  await printed.goto(addressOf('login.html'))
  await printed.emulateMedia({ media: 'print' })
  expect(await printed.locator('.frame:visible').count()).toBe(3)
  expect(await printed.locator('.controls:visible').count()).toBe(0)
})
