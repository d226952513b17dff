import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../support/start-server.ts'
import { expectAccessible, expectGoodInEveryLook, sizes, TestBrowser } from './browser.ts'
import { emptyJourney, engineer, type Journey, storeDraft, storeJourney, waitingJourney } from './editor.ts'
import { ask, choose, makeRealm, namesShown, openJourneys, rowOf } from './journeys.ts'

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

/** Stores a journey with extra members in its tree. */
async function store(
  person: Awaited<ReturnType<typeof engineer>>,
  name: string,
  tree: Record<string, unknown> = {},
  nodes = 1,
): Promise<Pick<Journey, 'tree' | 'nodes' | 'innerNodes'>> {
  const journey = waitingJourney(name, nodes)
  Object.assign(journey.tree, tree)
  await storeJourney(person, server, journey)
  return journey
}

/** Stores a journey whose only node runs another journey. */
async function storeOuter(person: Awaited<ReturnType<typeof engineer>>, name: string, inner: string) {
  const { tree, nodes, innerNodes } = await store(person, name)
  const [id = ''] = Object.keys(nodes)
  const place = tree.nodes[id]
  if (place !== undefined) {
    Object.assign(place, { nodeType: 'InnerTreeEvaluatorNode', displayName: 'Go inside', connections: {} })
  }
  await storeJourney(person, server, {
    tree: { ...tree, _id: name },
    nodes: { [id]: { _id: id, _type: { _id: 'InnerTreeEvaluatorNode' }, tree: inner } },
    innerNodes,
  })
}

const exists = async (person: Awaited<ReturnType<typeof engineer>>, name: string) => {
  const { result } = await ask(person, server, 'GET', 'journeys?_queryFilter=true&_fields=name')
  return (result as { _id: string }[]).some(({ _id }) => _id === name)
}

describe('the list of journeys', () => {
  it('shows the state of each journey, and is searched, filtered and sorted, also in the address', async () => {
    const person = await engineer(browser, server)
    const arabic = 'دخول الموظفين 🔐'
    await store(person, arabic, {
      description: 'للموظفين في الأقسام',
      enabled: false,
      innerTreeOnly: true,
      uiConfig: { categories: '["Stations"]' },
    })
    await store(person, 'On a phone with quite a long name that has to break somewhere 電話認証の旅')
    await storeJourney(person, server, emptyJourney('Nothing in it'))
    await store(person, 'Ward round', { enabled: false, uiConfig: { categories: '["Ward"]' } })
    await store(person, 'Ward visit', { uiConfig: { categories: '["Ward"]' } })
    const page = await openJourneys(person, server)

    const login = rowOf(page, 'Login')
    await login.getByText('Default', { exact: true }).waitFor()
    await login.getByText('Signs people in with username and password').waitFor()
    await login.getByText('Authentication').waitFor()
    await login.getByText('On', { exact: true }).waitFor()
    await login.getByText('None', { exact: true }).waitFor()
    expect(await login.locator('svg.thumbnail rect').count()).toBeGreaterThan(2)

    const staff = rowOf(page, arabic)
    await staff.getByText('Off', { exact: true }).waitFor()
    await staff.getByText('Inner only').waitFor()
    await staff.getByText('للموظفين في الأقسام').waitFor()
    await staff.getByText('by you').waitFor()
    await rowOf(page, 'Nothing in it').getByText('1 error').waitFor()
    await expectGoodInEveryLook(page)
    await page.setViewportSize(sizes.desktop)

    const find = page.getByRole('searchbox', { name: 'Search journeys' })

    await find.fill('WÁRD')
    await page.getByText(/^2 of \d+ journeys$/).waitFor()
    expect(await namesShown(page)).toEqual(['Ward round', 'Ward visit'])
    await page.getByRole('combobox', { name: 'State' }).selectOption('Off')
    await page.getByText(/^1 of/).waitFor()
    expect(await namesShown(page)).toEqual(['Ward round'])
    await find.fill('')
    await page.getByRole('combobox', { name: 'State' }).selectOption('Any state')
    await page.getByRole('button', { name: 'Ward 2' }).click()
    await page.getByText(/^2 of/).waitFor()
    expect(await page.getByRole('button', { name: 'Ward 2' }).getAttribute('aria-pressed')).toBe('true')

    await page.waitForURL(/category=Ward/)
    await page.getByRole('link', { name: 'Ward visit' }).click()
    await page.getByRole('heading', { name: 'Ward visit', level: 1 }).waitFor()
    await page.goBack()
    expect(await namesShown(page)).toEqual(['Ward round', 'Ward visit'])
    await page.getByRole('button', { name: /^All/ }).click()
    await find.fill('xyz and nothing else')
    await page.getByText('No matching journeys').waitFor()

    await find.fill('')
    await page.getByRole('combobox', { name: 'Order' }).selectOption('Last saved first')
    await expect.poll(async () => (await namesShown(page))[0]).toBe('Ward visit')
    await page.getByRole('combobox', { name: 'Order' }).selectOption('Worst findings first')
    await expect.poll(async () => (await namesShown(page))[0]).toBe('Nothing in it')
  })

  it('works with the keyboard alone, and opens the editor', async () => {
    const person = await engineer(browser, server)
    await store(person, 'Keys 1')
    await store(person, 'Keys 2')
    const page = await openJourneys(person, server)
    await page.getByRole('table').waitFor()
    await page.keyboard.press('/')
    await page.keyboard.type('keys')
    await page.getByText(/^2 of/).waitFor()
    await page.getByRole('link', { name: 'Keys 1' }).focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.getByRole('menuitem', { name: 'Duplicate…' }).waitFor()
    await page.keyboard.press('Escape')
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label')))
      .toBe('More for Keys 2')
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Keys 2', level: 1 }).waitFor()
  })

  it('shows 200 journeys, and finds one of them', async () => {
    const person = await engineer(browser, server)
    await makeRealm(person, server, 'many')
    const { tree, nodes } = waitingJourney('Journey', 6)
    const trees = Array.from({ length: 200 }, (_, i) => {
      const text = JSON.stringify({ tree: { ...tree, _id: `Journey ${i}` }, nodes })
      return [`Journey ${i}`, JSON.parse(text.replaceAll(/-(\d{4})-/g, `-${1000 + i}-`))] as const
    })
    await ask(person, server, 'POST', 'journeys?_action=import', {
      realm: 'many',
      data: { trees: Object.fromEntries(trees) },
    })
    const page = await openJourneys(person, server, { realm: '/many' })
    expect(await namesShown(page)).toHaveLength(200)
    expect((await namesShown(page)).slice(0, 3)).toEqual(['Journey 0', 'Journey 1', 'Journey 2'])
    await page.getByRole('searchbox', { name: 'Search journeys' }).fill('ney 177')
    await page.getByText('1 of 200 journeys').waitFor()
    expect(await namesShown(page)).toEqual(['Journey 177'])
  })
})

describe('a list that cannot be read', () => {
  it('has a skeleton first, stays with its time while the server is unreachable, and is read again later', async () => {
    const person = await engineer(browser, server)
    const page = await person.newPage()
    const { promise: mayAnswer, resolve: answer } = Promise.withResolvers<void>()
    await page.route(/\/journeys\?_queryFilter/, async (route) => {
      await mayAnswer
      await route.continue()
    })
    await page.goto(`${new URL(server.url).origin.replace('127.0.0.1', 'localhost')}/console/journeys`)
    await page.getByRole('status', { name: 'Loading journeys' }).waitFor()
    await expectAccessible(page)
    answer()
    await rowOf(page, 'Login').waitFor()

    await page.unroute(/\/journeys\?_queryFilter/)
    await page.route(/\/journeys\?_queryFilter/, (route) => route.abort())
    await choose(page, 'PlatformLogin', 'Turn off')
    await page.getByText(/^This list is from .* and may be out of date$/).waitFor({ timeout: 30_000 })
    await page.getByText(/^Trying again/).waitFor()
    await rowOf(page, 'Login').waitFor()
    await expectAccessible(page)
    await page.unroute(/\/journeys\?_queryFilter/)
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByText(/^This list is from/).waitFor({ state: 'detached' })
    await rowOf(page, 'PlatformLogin').getByText('Off', { exact: true }).waitFor()
    const { tree } = await ask(person, server, 'GET', 'journeys/PlatformLogin')
    expect(tree).toMatchObject({ enabled: false })
    await choose(page, 'PlatformLogin', 'Turn on')
    await rowOf(page, 'PlatformLogin').getByText('On', { exact: true }).waitFor()
  })

  it('of a realm without journeys explains them, and offers to create the first', async () => {
    const person = await engineer(browser, server)
    await makeRealm(person, server, 'fresh')
    const page = await openJourneys(person, server, { realm: '/fresh' })
    await page.getByRole('heading', { name: 'No journeys in this realm' }).waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'New journey' }).last().click()
    await page.getByRole('dialog').getByLabel('Name').fill('Premier voyage ✨')
    await page.getByRole('button', { name: 'Create journey' }).click()
    await page.getByRole('heading', { name: 'Premier voyage ✨', level: 1 }).waitFor()
    await page.goBack()
    await rowOf(page, 'Premier voyage ✨').waitFor()
  })
})

describe('a journey in the list', () => {
  it('is duplicated under a free name', async () => {
    const person = await engineer(browser, server)
    await store(person, 'Original', {}, 3)
    const page = await openJourneys(person, server)
    await choose(page, 'Original', 'Duplicate…')
    const name = page.getByLabel('Name of the copy')
    expect(await name.inputValue()).toBe('Original copy')
    await name.fill('Login')
    await page.getByRole('button', { name: 'Duplicate', exact: true }).click()
    await page.getByText('A journey with this name already exists.').waitFor()
    await expectGoodInEveryLook(page)
    await page.setViewportSize(sizes.desktop)
    await name.fill('Die Kopie 🪞')
    await page.getByRole('button', { name: 'Duplicate', exact: true }).click()
    await rowOf(page, 'Die Kopie 🪞').waitFor()
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label')))
      .toBe('More for Original')
    expect(await rowOf(page, 'Die Kopie 🪞').locator('svg.thumbnail rect').count()).toBe(3)
  })

  it('becomes the default, which is not disabled by accident, and shows why it could not be disabled', async () => {
    const person = await engineer(browser, server)
    await store(person, 'New door', { enabled: false })
    const page = await openJourneys(person, server)
    await choose(page, 'New door', 'Make default…')
    await page.getByRole('dialog').getByText('The journey is off and will be turned on.').waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Turn on and make default' }).click()
    await rowOf(page, 'New door').getByText('Default', { exact: true }).waitFor()
    await rowOf(page, 'New door').getByText('On', { exact: true }).waitFor()
    expect(await rowOf(page, 'Login').getByText('Default', { exact: true }).count()).toBe(0)

    await choose(page, 'New door', 'Turn off…')
    await page.getByRole('dialog').getByText('sign-in links that don’t name a journey stop working').waitFor()
    await page.getByRole('button', { name: 'Cancel' }).click()
    await rowOf(page, 'New door').getByText('On', { exact: true }).waitFor()
    await choose(page, 'Login', 'Make default…')
    await page.getByRole('button', { name: 'Make default' }).click()
    await rowOf(page, 'Login').getByText('Default', { exact: true }).waitFor()

    await ask(person, server, 'DELETE', 'journeys/New%20door')
    await choose(page, 'New door', 'Turn off')
    const notice = page.getByText('“New door” was not turned off')
    await notice.waitFor()
    await page.getByRole('button', { name: 'Close notice' }).click()
    await notice.waitFor({ state: 'detached' })
  })
})

describe('deleting a journey', () => {
  it('works for a journey that is not used, with its draft', async () => {
    const person = await engineer(browser, server)
    await store(person, 'Superfluous')
    const page = await openJourneys(person, server)
    await choose(page, 'Superfluous', 'Delete…')
    await page.getByRole('dialog').getByText('Nothing in this realm uses it').waitFor()
    await page.getByRole('button', { name: 'Cancel' }).click()
    await rowOf(page, 'Superfluous').waitFor()
    await storeDraft(person, server, 'Superfluous')
    await choose(page, 'Superfluous', 'Delete…')
    await page
      .getByRole('dialog')
      .getByText(/^Its draft, which amadmin saved .*, is deleted, too/)
      .waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Delete journey' }).click()
    await rowOf(page, 'Superfluous').waitFor({ state: 'detached' })
    expect(await exists(person, 'Superfluous')).toBe(false)
    expect(await page.evaluate(() => document.activeElement?.matches('td.what a'))).toBe(true)
  })

  it('lists journeys, the realm and checks of the help desk as users, and can be forced', async () => {
    const person = await engineer(browser, server)
    await store(person, 'Inside')
    await storeOuter(person, 'Outside', 'Inside')
    const page = await openJourneys(person, server)
    await choose(page, 'Login', 'Delete…')
    await page.getByRole('dialog').getByText('(default of this realm)').waitFor()
    await page.getByRole('button', { name: 'Cancel' }).click()
    await choose(page, 'HelpDesk', 'Delete…')
    await page.getByRole('dialog').getByText('A help desk check').waitFor()
    await page.keyboard.press('Escape')
    expect(await exists(person, 'HelpDesk')).toBe(true)

    await choose(page, 'Inside', 'Delete…')
    const dialog = page.getByRole('dialog', { name: '“Inside” is in use' })
    await dialog.getByRole('link', { name: 'Open Outside' }).waitFor()
    await dialog.getByText('node “Go inside”').waitFor()
    expect(await dialog.getByRole('button', { name: 'Delete journey' }).count()).toBe(0)
    await expectGoodInEveryLook(page)
    await page.setViewportSize(sizes.desktop)
    await dialog.getByRole('button', { name: 'Turn off instead' }).click()
    await rowOf(page, 'Inside').getByText('Off', { exact: true }).waitFor()
    await choose(page, 'Inside', 'Delete…')
    await page.getByRole('button', { name: 'Delete anyway' }).click()
    await rowOf(page, 'Inside').waitFor({ state: 'detached' })
    expect(await exists(person, 'Inside')).toBe(false)
  })

  it('is rejected if it came into use or was saved while the dialog was open', async () => {
    const person = await engineer(browser, server)
    const journey = await store(person, 'Busy')
    const page = await openJourneys(person, server)
    await choose(page, 'Busy', 'Delete…')
    await page.getByRole('dialog').getByText('Nothing in this realm uses it').waitFor()
    await storeOuter(person, 'Late user', 'Busy')
    await page.getByRole('button', { name: 'Delete journey' }).click()
    const dialog = page.getByRole('dialog', { name: '“Busy” is in use' })
    await dialog.getByRole('link', { name: 'Open Late user' }).waitFor()
    await storeJourney(person, server, {
      ...journey,
      tree: { ...journey.tree, description: 'Saved elsewhere' },
    })
    await dialog.getByRole('button', { name: 'Delete anyway' }).click()
    await dialog.getByText('The journey was saved after this list was loaded').waitFor()
    expect(await exists(person, 'Busy')).toBe(true)
  })
})
