import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { answerStep, startJourney } from '../support/wire.ts'
import { expectAccessible } from './browser.ts'
import { canvas, failureId, type Journey, node, publish, successId } from './editor.ts'
import { editorTest } from './editor-test.ts'
import { chooseJourney, fillIn } from './inspector.ts'

const editor = editorTest()

/** A journey that opens a transaction and reads its data, without the switches that such a journey needs. */
function agentsJourney(name: string): Pick<Journey, 'tree' | 'nodes' | 'innerNodes'> {
  const place = (nodeType: string, displayName: string, x: number, connections: Record<string, string>) => ({
    ...{ nodeType, displayName, x, y: 80, connections },
  })
  const [openId, statusId, noticeId] = [randomUUID(), randomUUID(), randomUUID()]
  return {
    tree: {
      _id: name,
      entryNodeId: openId,
      nodes: {
        [openId]: place('BackChannelInitNode', 'Open', 200, { created: statusId }),
        [statusId]: place('BackChannelStatusNode', 'Status', 480, { success: noticeId }),
        [noticeId]: place('BackchannelNotificationNode', 'Tell', 760, {
          success: successId,
          error: failureId,
        }),
      },
      uiConfig: {},
    },
    nodes: {
      [openId]: {
        _id: openId,
        _type: { _id: 'BackChannelInitNode' },
        tree: name,
        idType: 'USER',
        usernameKey: 'caller',
      },
      [statusId]: {
        _id: statusId,
        _type: { _id: 'BackChannelStatusNode' },
        recordTransactionData: true,
        transactionDataKey: 'transaction:data',
      },
      [noticeId]: {
        _id: noticeId,
        _type: { _id: 'BackchannelNotificationNode' },
        dataKey: 'transaction:data',
      },
    },
    innerNodes: {},
  }
}

const settingsOf = (page: Page) => page.getByRole('region', { name: 'Settings' })

it('a finding about a switch turns it on, undo turns it off again, and the State tab follows the settings of a node', async () => {
  const { page } = await editor.open(agentsJourney('Opens'))
  await page.getByRole('button', { name: /^\d+ findings$/ }).click()
  const findings = page.getByRole('dialog', { name: /finding/ })
  const noSession = findings.getByRole('button', { name: 'Turn on “No session”', exact: true })
  await findings.getByRole('button', { name: 'Turn on “Always run”', exact: true }).waitFor()
  await noSession.click()
  await findings.getByText('may sign the agent in').waitFor({ state: 'detached' })
  await expectAccessible(page)
  await page.keyboard.press('Escape')

  const settings = settingsOf(page)
  await chooseJourney(page)
  const flag = settings.getByRole('switch', { name: 'No session' })
  expect(await flag.isChecked()).toBe(true)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(() => flag.isChecked()).toBe(false)

  await node(page, 'Tell').click()
  await settings.getByRole('tab', { name: 'State' }).click()
  await settings.getByText('transaction:data').waitFor()
  await settings.getByText('Written by').waitFor()
  await settings.getByRole('button', { name: 'Status' }).click()
  await settings.getByRole('heading', { name: 'Status' }).waitFor()

  await settings.getByRole('tab', { name: 'Settings' }).click()
  await fillIn(page, { texts: { 'Transaction Data Key': 'other:data' } })
  await settings.getByRole('tab', { name: 'State' }).click()
  await settings.getByText('other:data').last().waitFor()
  await node(page, 'Tell').click()
  await settings.getByText('Written by').waitFor({ state: 'detached' })
})

it('the question before publishing says each problem once, and turns on switches that findings ask for', async () => {
  const { page } = await editor.open(agentsJourney('Asks'))
  await node(page, 'Tell').click()
  await fillIn(page, { texts: { 'Data Key': '' } })
  await page.getByRole('button', { name: 'Publish', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Publish Asks' })
  await dialog.getByText('is required').waitFor()
  expect(await dialog.getByText('are invalid').count()).toBe(0)
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Turn on “No session”', exact: true }).click()
  await dialog.getByText('may sign the agent in').waitFor({ state: 'detached' })
  await page.getByText(/^Draft, saved/).waitFor()
  await dialog
    .getByRole('button', { name: /^Error Tell|Tell/ })
    .first()
    .click()
  await settingsOf(page).getByRole('heading', { name: 'Tell' }).waitFor()
})

it('a finding of a draft is shown on its node, and F8 and the list of findings lead to it', async () => {
  const { page } = await editor.openWaiting('Findings', 2)
  await node(page, 'Wait 2').click({ position: { x: 60, y: 10 } })
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('d')
  await node(page, 'Wait 2').getByText('1 finding').waitFor({ state: 'attached' })
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: /finding/ }).click()
  const listed = page.getByRole('dialog', { name: /finding/ }).getByRole('button', { name: /Wait 2/ })
  await listed.click()
  await page.getByRole('heading', { name: 'Wait 2', level: 2 }).waitFor()

  await canvas(page).focus()
  await page.keyboard.press('Escape')
  await page.getByRole('heading', { name: 'Wait 2', level: 2 }).waitFor({ state: 'detached' })
  await page.keyboard.press('F8')
  await page.getByRole('button', { name: 'Connect to Failure' }).click()
  await node(page, 'Failure').getByText('1 connection').waitFor()
})

it('empty notes lie apart, are cut and pasted with nodes, and leave the focus on the canvas', async () => {
  const { page } = await editor.openWaiting('Apart')
  const notes = canvas(page).getByRole('group', { name: 'Empty note' })
  await node(page, 'Wait 1').waitFor()
  for (let count = 0; count < 3; count += 1) {
    await canvas(page).focus()
    await page.keyboard.press('n')
    await page.getByRole('textbox', { name: 'Text' }).and(page.locator(':focus')).waitFor()
  }
  const boxes = await Promise.all((await notes.all()).map((note) => note.boundingBox()))
  const tops = boxes.map((box) => box?.y ?? 0).toSorted((one, other) => one - other)
  expect(tops).toHaveLength(3)
  const height = boxes.find((box) => box !== null)?.height ?? 0
  expect(tops.every((top, at) => at === 0 || top >= (tops[at - 1] ?? 0) + height)).toBe(true)

  await page.getByRole('button', { name: 'Delete note' }).click()
  await expect.poll(() => notes.count()).toBe(2)
  await canvas(page).and(page.locator(':focus')).waitFor()

  await node(page, 'Wait 1').click({ position: { x: 60, y: 10 } })
  for (const note of await notes.all()) await note.click({ modifiers: ['Control'] })
  await settingsOf(page).getByRole('heading', { name: '1 node and 2 notes' }).waitFor()
  await page.keyboard.press('Control+x')
  await expect.poll(() => notes.count()).toBe(0)
  await page.keyboard.press('Control+v')
  await expect.poll(() => notes.count()).toBe(2)
  await node(page, 'Wait 1').waitFor()
})

it('a note is written, moved, deleted and restored by keyboard, and readable in both schemes', async () => {
  const { person, page } = await editor.openWaiting('Noted')
  await node(page, 'Wait 1').waitFor()
  await canvas(page).focus()
  await page.keyboard.press('n')
  const settings = settingsOf(page)
  // A key before the field has the focus is one for the canvas.
  await settings.locator('textarea:focus').waitFor()
  await page.keyboard.type('<b>Ask legal</b>')
  const note = canvas(page).getByRole('group', { name: 'Note: <b>Ask legal</b>' })
  await note.getByText('<b>Ask legal</b>').waitFor()
  await settings.getByText('Blue', { exact: true }).click()
  await expectAccessible(page)
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.locator('html[data-mantine-color-scheme=dark]').waitFor()
  await expectAccessible(page)

  await canvas(page).focus()
  await page.keyboard.press('Alt+ArrowDown')
  await page.keyboard.press('Delete')
  await note.waitFor({ state: 'detached' })
  await page.keyboard.press('Control+z')
  await note.waitFor()
  await publish(page)
  const { tree } = await editor.stored(person, 'Noted')
  const { sidegateNotes } = tree.uiConfig as { sidegateNotes: string }
  expect(Object.values(JSON.parse(sidegateNotes))).toMatchObject([
    { text: '<b>Ask legal</b>', colour: 'blue' },
  ])

  await page.keyboard.press('o')
  await page.getByRole('region', { name: 'Notes' }).getByText('<b>Ask legal</b>').waitFor()
  await expectAccessible(page)
})

/** Starts the sample journey `Login` and answers its page, unless there is no password. */
async function signIn(password: string | undefined): Promise<void> {
  const { url } = editor.server
  const page = await startJourney(url, 'Login')
  if (password !== undefined) await answerStep(url, page, ['alex', password])
}

it('the canvas shows where sign-ins went, stopped and how long they took, or that nobody used a journey', async () => {
  for (const password of ['Alex-Pass-2026', 'Alex-Pass-2026', 'wrong', undefined]) await signIn(password)
  const person = await editor.person()
  const page = await editor.show(person, 'Login')
  const traffic = page.getByRole('button', { name: 'Traffic', exact: true })
  await traffic.click()
  const panel = page.getByLabel('Traffic', { exact: true }).and(page.locator('.counts-panel'))
  await panel.getByText('4 started · 50% succeeded').waitFor()

  const check = page.locator('.journey-node', { hasText: 'Check Password' })
  await check.getByText('3 arrived').waitFor()
  await check.getByText('2 sign-ins, 67% of those that left the node').waitFor()
  const first = page.locator('.journey-node', { hasText: '40% stopped here' })
  await first.getByText('5 arrived').waitFor()
  await expectAccessible(page)

  await panel.getByText('Last hour').click()
  await panel.getByText('4 started').waitFor()
  await traffic.click()
  await expect.poll(() => page.locator('.outcome-count').count()).toBe(0)

  const unused = await editor.show(person, 'StepUp')
  await unused.getByRole('button', { name: 'Traffic', exact: true }).click()
  await unused.getByText('No sign-in started this journey in this period.').waitFor()
})
