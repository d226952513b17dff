import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../support/start-server.ts'
import { expectAccessible, expectGoodInEveryLook, sizes, TestBrowser } from './browser.ts'
import { originOf, signIn, signInAsAdministrator } from './signed-in.ts'

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

describe('the console', () => {
  it('redirects people without a session to the sign-in page, with a return address', async () => {
    const person = await browser.person()
    const page = await person.newPage()
    await page.goto(`${originOf(server)}/console/audit?realm=%2Falpha`)
    await page.waitForURL(/\/am\/XUI\//)

    const { searchParams } = new URL(page.url())
    expect(searchParams.get('goto')).toBe('/console/audit?realm=%2Falpha')
  })

  it('tells people of a realm that it is for administrators', async () => {
    const person = await browser.person()
    await signIn(person, server, {
      realm: 'alpha',
      journey: 'Login',
      name: 'alex',
      password: 'Alex-Pass-2026',
    })
    const page = await person.newPage()
    await page.goto(`${originOf(server)}/console/`)

    await page.getByRole('heading', { name: 'The console is for administrators' }).waitFor()
    await expectAccessible(page)
  })

  it('leads agents to the desk', async () => {
    const person = await browser.person()
    await signIn(person, server, {
      realm: 'alpha',
      journey: 'Login',
      name: 'dana',
      password: 'Dana-Pass-2026',
    })
    const page = await person.newPage()
    await page.goto(`${originOf(server)}/console/audit?realm=%2Falpha`)

    await page.getByRole('heading', { name: 'Help desk agents work at /desk/' }).waitFor()
    expect(await page.getByRole('navigation').count()).toBe(0)
    await expectAccessible(page)
    await page.getByRole('link', { name: 'Open the desk' }).click()
    await page.waitForURL(/\/desk\//)
  })

  it('shows its navigation to administrators, on a phone as tabs with the rest under More', async () => {
    const person = await browser.person()
    await signInAsAdministrator(person, server)
    const page = await person.newPage()
    await page.goto(`${originOf(server)}/console/`)
    await page.getByRole('navigation').getByRole('link', { name: 'Audit' }).click()
    await page.getByRole('heading', { name: 'Audit', level: 1 }).waitFor()

    expect(new URL(page.url()).search).toContain('realm=')
    await page.getByRole('button', { name: 'Realm /alpha' }).click()
    await page.getByRole('menuitem', { name: 'Root realm' }).click()
    await page.getByRole('heading', { name: 'Journeys', level: 1 }).waitFor()
    expect(new URL(page.url()).searchParams.get('realm')).toBe('/')

    await page.setViewportSize(sizes.phone)
    await page.getByRole('button', { name: 'More', exact: true }).click()
    await page.getByRole('menuitem', { name: 'Sessions' }).click()
    await page.getByRole('heading', { name: 'Sessions', level: 1 }).waitFor()
    await expectGoodInEveryLook(page)
  })
})
