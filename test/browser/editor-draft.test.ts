import type { BrowserContext, Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { expectAccessible, expectNoSidewaysScroll } from './browser.ts'
import { canvas, emptyJourney, node, save } from './editor.ts'
import { editorTest } from './editor-test.ts'
import { fillIn } from './inspector.ts'
import { originOf } from './signed-in.ts'

const editor = editorTest()

async function setSeconds(page: Page, seconds: number): Promise<void> {
  await node(page, 'Wait 1').click({ position: { x: 60, y: 10 } })
  await fillIn(page, { texts: { 'Seconds To Wait': seconds } })
  await page.getByText('1 unsaved change').waitFor()
}

const secondsOf = ({ nodes }: { nodes: Record<string, Record<string, unknown>> }) =>
  Object.values(nodes)[0]?.secondsToWait
const publishedSeconds = async (person: BrowserContext, name: string) =>
  secondsOf(await editor.stored(person, name))

/** Publishes other seconds as another client would. */
async function publishElsewhere(person: BrowserContext, name: string, secondsToWait: number) {
  const { tree, nodes, innerNodes } = await editor.stored(person, name)
  const [id = ''] = Object.keys(nodes)
  await editor.store(person, { tree, innerNodes, nodes: { [id]: { ...nodes[id], secondsToWait } } })
}

it('a draft is saved, listed, run, published with a note, and discarded after a question, which can be undone', async () => {
  const { person, page } = await editor.openWaiting('Life')
  await page.getByText('Published', { exact: true }).waitFor()
  await setSeconds(page, 4)
  await save(page)
  expect(await publishedSeconds(person, 'Life')).toBe(1)

  await page.keyboard.press('Control+Enter')
  const run = page.getByRole('region', { name: 'Run' })
  await run.getByText('waiting 4 s').waitFor()
  await page.getByRole('button', { name: 'Close run' }).click()

  await page.getByRole('link', { name: 'Journeys' }).last().click()
  await page.getByRole('row', { name: /Life/ }).getByText('Has a draft').waitFor()
  await page.getByRole('link', { name: 'Life', exact: true }).click()
  await page.getByText(/^Draft, saved/).waitFor()
  await page.getByRole('button', { name: 'Publish', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Publish Life' })
  await dialog.getByText(/Wait 1.*Seconds To Wait.*4/).waitFor()
  await expectAccessible(page)
  await dialog.getByRole('textbox', { name: 'Note (optional)' }).fill('Slower polls')
  await dialog.getByRole('button', { name: 'Publish', exact: true }).click()
  await page.getByText('Published', { exact: true }).waitFor()
  expect(await publishedSeconds(person, 'Life')).toBe(4)
  const history = `${originOf(editor.server)}/am/json/realms/root/realms/alpha/versions/journey/Life`
  expect((await (await person.request.get(history)).json()).result[0]).toMatchObject({ note: 'Slower polls' })

  await setSeconds(page, 5)
  await save(page)
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Discard draft…' }).click()
  await page.getByRole('button', { name: 'Discard draft' }).click()
  await page.getByText('Published', { exact: true }).waitFor()
  await node(page, 'Wait 1').getByText('4 s').waitFor()
  expect(await editor.draft(person, 'Life')).toBeUndefined()
  await page.getByRole('button', { name: 'Undo' }).click()
  await node(page, 'Wait 1').getByText('5 s').waitFor()
  await page.getByText('1 unsaved change').waitFor()
})

it('a journey with a name in any writing is created, and its unfinished draft is listed but not published', async () => {
  const name = 'تسجيل الدخول 🔐 50% off? #1 & more'
  const person = await editor.person()
  const page = await person.newPage()
  await page.goto(`${originOf(editor.server)}/console/journeys/${encodeURIComponent(name)}?realm=%2Falpha`)
  await page.getByRole('heading', { name: /There is no journey/ }).waitFor()
  await page.getByRole('button', { name: 'Create it' }).click()
  const dialog = page.getByRole('dialog', { name: 'New journey' })
  expect(await dialog.getByRole('textbox', { name: 'Name' }).inputValue()).toBe(name)
  const changed = `${name}!`
  await dialog.getByRole('textbox', { name: 'Name' }).fill(changed)
  await dialog.getByRole('textbox', { name: 'Description' }).fill('Made in the console.')
  await dialog.getByRole('button', { name: 'Create journey' }).click()
  await node(page, 'Start').waitFor()
  expect((await editor.draft(person, changed))?.tree).toMatchObject({
    _id: changed,
    description: 'Made in the console.',
    identityResource: 'managed/alpha_user',
  })
  await page.reload()
  await page.getByRole('heading', { name: changed, level: 1 }).waitFor()
  await expectNoSidewaysScroll(page)

  await canvas(page).focus()
  await page.keyboard.press('/')
  await page.keyboard.type('inner tree')
  await page.keyboard.press('Enter')
  await node(page, 'Inner Tree Evaluator').waitFor()
  await save(page)
  await page.getByRole('button', { name: 'Publish', exact: true }).click()
  const publishing = page.getByRole('dialog', { name: `Publish ${changed}` })
  await publishing.getByText('Fix these first').waitFor()
  expect(await publishing.getByRole('alert').first().textContent()).toContain('Inner Tree Evaluator')
  expect(await publishing.getByRole('button', { name: 'Publish', exact: true }).isDisabled()).toBe(true)
  await publishing.getByRole('button', { name: 'Cancel' }).click()

  await page.getByRole('link', { name: 'Journeys' }).last().click()
  const row = page.getByRole('row', { name: changed })
  await row.getByText('Draft', { exact: true }).waitFor()
  await row.getByRole('button', { name: `More for ${changed}` }).click()
  await page.getByRole('menuitem', { name: 'Discard draft…' }).click()
  await page.getByRole('button', { name: 'Discard draft' }).click()
  await row.waitFor({ state: 'detached' })
})

it('a draft is merged with a journey that was published since', async () => {
  const { person, page } = await editor.openWaiting('Behind')
  await node(page, 'Wait 1').click({ position: { x: 60, y: 10 } })
  await fillIn(page, { texts: { Name: 'Pause' } })
  await save(page)
  await publishElsewhere(person, 'Behind', 9)
  await page.reload()
  await page.getByText(/This draft was begun before/).waitFor()
  await page.getByRole('button', { name: 'Merge', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: /published this journey first/ })
  await dialog.getByText(/Seconds To Wait: 1 → 9/).waitFor()
  await dialog.getByRole('radio', { name: /^Mine/ }).check()
  await dialog.getByRole('button', { name: 'Save', exact: true }).click()
  const publishing = page.getByRole('dialog', { name: 'Publish Behind' })
  await publishing.getByRole('button', { name: 'Publish', exact: true }).click()
  await page.getByText('Published', { exact: true }).waitFor()
  expect(await publishedSeconds(person, 'Behind')).toBe(1)
})

it('unsaved changes without typed secrets are offered after a crash, until they are saved', async () => {
  const type = 'product-ReCaptchaNode'
  const { tree, ...rest } = emptyJourney('Crashed')
  const robot = { nodeType: type, displayName: 'Robot?', connections: {}, x: 200, y: 96 }
  const { person, page } = await editor.open({
    ...rest,
    tree: { ...tree, entryNodeId: 'robot', nodes: { robot } },
    nodes: { robot: { _id: 'robot', _type: { _id: type }, siteKey: 'site', secretKey: 'first' } },
  })
  await node(page, 'Robot?').click({ position: { x: 60, y: 10 } })
  await page.getByRole('textbox', { name: /secret key/i }).fill('typed-just-now')
  await fillIn(page, { texts: { Name: 'Human?' } })
  // The changes are stored within a moment, also if the page is never closed properly.
  await expect.poll(() => storedTexts(page)).toContain('Human?')
  expect(await storedTexts(page)).not.toContain('typed-just-now')
  await page.close({ runBeforeUnload: false })

  const again = await editor.show(person, 'Crashed')
  const dialog = again.getByRole('dialog', { name: /^Unsaved changes from/ })
  await dialog.getByText('Secrets that you had typed were not kept.').waitFor()
  await expectAccessible(again)
  await dialog.getByRole('button', { name: 'Restore' }).click()
  await again.getByText('1 unsaved change').waitFor()
  await node(again, 'Human?').waitFor()
  await save(again)
  expect(await editor.draft(person, 'Crashed')).toMatchObject({
    tree: { nodes: { robot: { displayName: 'Human?' } } },
  })
  await expect.poll(() => storedTexts(again)).not.toContain('Crashed')
})

it('unsaved changes don’t overwrite what was saved since, are gone when discarded, and are announced if not kept', async () => {
  const { person, page } = await editor.openWaiting('Since')
  await setSeconds(page, 4)
  await expect.poll(() => storedTexts(page)).toContain('"secondsToWait":4')
  await page.close({ runBeforeUnload: false })
  await publishElsewhere(person, 'Since', 9)

  const again = await editor.show(person, 'Since')
  await again.getByText('The journey was saved since.').waitFor()
  await again.getByRole('button', { name: 'Restore' }).click()
  await again.keyboard.press('Control+s')
  await again.getByRole('dialog', { name: /published this journey first/ }).waitFor()
  await again.getByRole('button', { name: 'Not now' }).click()
  await again.close({ runBeforeUnload: false })
  expect(await publishedSeconds(person, 'Since')).toBe(9)

  const last = await editor.show(person, 'Since')
  await last.getByRole('button', { name: 'Discard' }).click()
  await expect.poll(() => storedTexts(last)).not.toContain('Since')
  await last.getByText('Published', { exact: true }).waitFor()

  // The storage is full from now on.
  await last.evaluate(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException('The quota has been exceeded.', 'QuotaExceededError')
    }
  })
  await setSeconds(last, 5)
  const notice = last.getByRole('alert').filter({ hasText: 'This browser does not keep your changes.' })
  await notice.getByRole('button', { name: 'Save draft' }).click()
  await notice.waitFor({ state: 'detached' })
})

/** Everything that the browser stores for the page. */
function storedTexts(page: Page): Promise<string> {
  return page.evaluate(() => JSON.stringify(Object.entries(localStorage)).replaceAll('\\', ''))
}
