import type { BrowserContext, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { expectAccessible } from './browser.ts'
import { canvas, emptyJourney, node, publish, save, waitingJourney } from './editor.ts'
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

describe('a draft', () => {
  it('is saved, shown in the list, run, published with a note, and its state is shown', async () => {
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
    expect((await (await person.request.get(history)).json()).result[0]).toMatchObject({
      note: 'Slower polls',
    })
  })

  it('is discarded after a question, which can be undone', async () => {
    const { person, page } = await editor.openWaiting('Discarded')
    await setSeconds(page, 4)
    await save(page)
    await page.getByRole('button', { name: 'More', exact: true }).click()
    await page.getByRole('menuitem', { name: 'Discard draft…' }).click()
    await page.getByRole('button', { name: 'Discard draft' }).click()
    await page.getByText('Published', { exact: true }).waitFor()
    await node(page, 'Wait 1').getByText('1 s').waitFor()
    expect(await editor.draft(person, 'Discarded')).toBeUndefined()
    await page.getByRole('button', { name: 'Undo' }).click()
    await node(page, 'Wait 1').getByText('4 s').waitFor()
    await page.getByText('1 unsaved change').waitFor()
  })

  it('can be unfinished, of a journey that was never published, and is listed as one', async () => {
    const person = await editor.person()
    const page = await person.newPage()
    await page.goto(`${originOf(editor.server)}/console/journeys/Fresh?realm=%2Falpha`)
    await page.getByRole('button', { name: 'Create it' }).click()
    await page.getByRole('button', { name: 'Create journey' }).click()
    await canvas(page).focus()
    await page.keyboard.press('/')
    await page.keyboard.type('inner tree')
    await page.keyboard.press('Enter')
    await node(page, 'Inner Tree Evaluator').waitFor()
    await save(page)
    await page.getByRole('button', { name: 'Publish', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: 'Publish Fresh' })
    await dialog.getByText('Fix these first').waitFor()
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await page.getByRole('link', { name: 'Journeys' }).last().click()
    const row = page.getByRole('row', { name: /Fresh/ })
    await row.getByText('Draft', { exact: true }).waitFor()
    await row.getByRole('button', { name: 'More for Fresh' }).click()
    await page.getByRole('menuitem', { name: 'Discard draft…' }).click()
    await page.getByRole('button', { name: 'Discard draft' }).click()
    await row.waitFor({ state: 'detached' })
  })

  it('is merged with a journey that was published since', async () => {
    const person = await editor.person()
    await editor.store(person, waitingJourney('Behind', 1))
    const page = await editor.show(person, 'Behind')
    await node(page, 'Wait 1').click({ position: { x: 60, y: 10 } })
    await fillIn(page, { texts: { Name: 'Pause' } })
    await save(page)
    await publishElsewhere(person, 'Behind', 9)
    await page.reload()
    await page.getByText(/This draft was begun before/).waitFor()
    await page.getByRole('button', { name: 'Merge', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: /published this journey first/ })
    await dialog.getByText(/Seconds To Wait/).waitFor()
    await dialog.getByRole('radio', { name: 'Mine' }).check()
    await dialog.getByRole('button', { name: 'Save', exact: true }).click()
    const publishing = page.getByRole('dialog', { name: 'Publish Behind' })
    await publishing.getByRole('button', { name: 'Publish', exact: true }).click()
    await page.getByText('Published', { exact: true }).waitFor()
    expect(await publishedSeconds(person, 'Behind')).toBe(1)
  })
})

describe('unsaved changes', () => {
  it('are offered after a crash, until they are saved', async () => {
    const { person, page } = await editor.openWaiting('Crashed')
    await setSeconds(page, 4)
    // The changes are stored within a moment, also if the page is never closed properly.
    await expect.poll(() => storedTexts(page)).toContain('"secondsToWait":4')
    await page.close({ runBeforeUnload: false })

    const again = await editor.show(person, 'Crashed')
    const dialog = again.getByRole('dialog', { name: /^Unsaved changes from/ })
    await dialog.waitFor()
    await expectAccessible(again)
    await dialog.getByRole('button', { name: 'Restore' }).click()
    await again.getByText('1 unsaved change').waitFor()
    await node(again, 'Wait 1').getByText('4 s').waitFor()
    await publish(again)
    expect(await publishedSeconds(person, 'Crashed')).toBe(4)
    await expect.poll(() => storedTexts(again)).not.toContain('Crashed')
  })

  it('don’t overwrite what was saved since, and are gone when they are discarded', async () => {
    const { person, page } = await editor.openWaiting('Since')
    await setSeconds(page, 4)
    await expect.poll(() => storedTexts(page)).toContain('"secondsToWait":4')
    await page.close({ runBeforeUnload: false })
    await publishElsewhere(person, 'Since', 9)

    const again = await editor.show(person, 'Since')
    await again.getByText('The journey was saved since.').waitFor()
    await again.getByRole('button', { name: 'Restore' }).click()
    await again.keyboard.press('Control+s')
    await again.getByRole('dialog', { name: /saved this journey first/ }).waitFor()
    await again.getByRole('button', { name: 'Not now' }).click()
    await again.close({ runBeforeUnload: false })
    expect(await publishedSeconds(person, 'Since')).toBe(9)

    const last = await editor.show(person, 'Since')
    await last.getByRole('button', { name: 'Discard' }).click()
    await expect.poll(() => storedTexts(last)).not.toContain('Since')
    await last.getByText('Published', { exact: true }).waitFor()
  })

  it('are announced as not kept while the storage of the browser is full', async () => {
    const person = await editor.person()
    await editor.store(person, waitingJourney('Full', 1))
    await person.addInitScript(() => {
      Storage.prototype.setItem = () => {
        throw new DOMException('The quota has been exceeded.', 'QuotaExceededError')
      }
    })
    const page = await editor.show(person, 'Full')
    await node(page, 'Wait 1').click({ position: { x: 60, y: 10 } })
    await fillIn(page, { texts: { Name: 'Unkept' } })
    const notice = page.getByRole('alert').filter({ hasText: 'This browser does not keep your changes.' })
    await notice.getByRole('button', { name: 'Save draft' }).click()
    await notice.waitFor({ state: 'detached' })
  })

  it('are kept without secrets that were typed', async () => {
    const person = await editor.person()
    const journey = emptyJourney('Secret')
    const place = { nodeType: 'product-ReCaptchaNode', displayName: 'Robot?', connections: {}, x: 200, y: 96 }
    journey.tree.nodes.robot = place
    journey.tree.entryNodeId = 'robot'
    journey.nodes.robot = {
      _id: 'robot',
      _type: { _id: 'product-ReCaptchaNode' },
      siteKey: 'site',
      secretKey: 'first',
    }
    await editor.store(person, journey)
    const page = await editor.show(person, 'Secret')
    await node(page, 'Robot?').click({ position: { x: 60, y: 10 } })
    await page.getByRole('textbox', { name: /secret key/i }).fill('typed-just-now')
    await fillIn(page, { texts: { Name: 'Human?' } })
    await expect.poll(() => storedTexts(page)).toContain('Human?')
    expect(await storedTexts(page)).not.toContain('typed-just-now')
    await page.close({ runBeforeUnload: false })
    const again = await editor.show(person, 'Secret')
    await again.getByText('Secrets that you had typed were not kept.').waitFor()
    await again.getByRole('button', { name: 'Restore' }).click()
    await node(again, 'Human?').waitFor()
  })
})

/** Everything that the browser stores for the page. */
function storedTexts(page: Page): Promise<string> {
  return page.evaluate(() => JSON.stringify(Object.entries(localStorage)).replaceAll('\\', ''))
}
