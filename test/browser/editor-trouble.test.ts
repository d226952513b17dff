import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { expectAccessible } from './browser.ts'
import { tryAgain } from './console.ts'
import { canvas, emptyJourney, node, publish } from './editor.ts'
import { editorTest, type Opened } from './editor-test.ts'
import { originOf, signInAsAdministrator } from './signed-in.ts'

const editor = editorTest()

async function setSeconds({ page }: Opened, name: string, seconds: string): Promise<void> {
  await node(page, name).click({ position: { x: 60, y: 10 } })
  await page.getByRole('textbox', { name: 'Seconds To Wait' }).fill(seconds)
  await page.getByText('1 unsaved change').waitFor()
}

/** Changes a stored node as another client. */
async function saveElsewhere({ person }: Opened, name: string, displayName: string, secondsToWait: number) {
  const journey = await editor.stored(person, name)
  const id = Object.keys(journey.tree.nodes).find((id) => journey.tree.nodes[id]?.displayName === displayName)
  const settings = journey.nodes[id ?? '']
  if (settings !== undefined) settings.secondsToWait = secondsToWait
  await editor.store(person, journey)
}

async function secondsIn({ person }: Opened, name: string): Promise<Record<string, unknown>> {
  const { tree, nodes } = await editor.stored(person, name)
  return Object.fromEntries(
    Object.entries(tree.nodes).map(([id, { displayName }]) => [displayName, nodes[id]?.secondsToWait]),
  )
}

describe('a conflict with another editor', () => {
  it('shows both changes, and keeps both', async () => {
    const opened = await editor.openWaiting('Both', 2)
    const { page } = opened
    await setSeconds(opened, 'Wait 1', '4')
    await saveElsewhere(opened, 'Both', 'Wait 2', 7)
    await page.keyboard.press('Control+s')

    const dialog = page.getByRole('dialog', { name: /saved this journey first/ })
    await dialog.getByText("'Wait 1', Seconds To Wait: 1 → 4").waitFor()
    await dialog.getByText("'Wait 2', Seconds To Wait: 1 → 7").waitFor()
    await expectAccessible(page)
    await dialog.getByRole('button', { name: 'Keep both' }).click()
    await page.getByText(/^Draft, saved/).waitFor()
    await publish(page)

    expect(await secondsIn(opened, 'Both')).toEqual({ 'Wait 1': 4, 'Wait 2': 7 })
  })

  it('offers a choice for each node that both changed', async () => {
    const opened = await editor.openWaiting('Same', 1)
    const { page } = opened
    await setSeconds(opened, 'Wait 1', '4')
    await saveElsewhere(opened, 'Same', 'Wait 1', 7)
    await page.keyboard.press('Control+s')

    const dialog = page.getByRole('dialog', { name: /saved this journey first/ })
    await dialog.waitFor()
    expect(await dialog.getByRole('button', { name: 'Save', exact: true }).isDisabled()).toBe(true)
    await dialog.getByRole('radio', { name: 'Mine' }).check()
    await dialog.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText(/^Draft, saved/).waitFor()
    await publish(page)

    expect(await secondsIn(opened, 'Same')).toEqual({ 'Wait 1': 4 })
  })

  it('offers to save as a copy', async () => {
    const opened = await editor.openWaiting('Apart', 1)
    const { page } = opened
    await setSeconds(opened, 'Wait 1', '4')
    await saveElsewhere(opened, 'Apart', 'Wait 1', 7)
    await page.keyboard.press('Control+s')
    await page.getByRole('button', { name: 'Save mine as a copy' }).click()
    const title = page.getByRole('heading', { name: /^Apart copy/, level: 1 })
    await title.waitFor()

    expect(await secondsIn(opened, 'Apart')).toEqual({ 'Wait 1': 7 })
    await publish(page)
    expect(await secondsIn(opened, (await title.textContent()) ?? '')).toEqual({ 'Wait 1': 4 })
  })
})

describe('the end of the session during an edit', () => {
  it('loses nothing: the draft can be downloaded, and saved after signing in again', async () => {
    const opened = await editor.openWaiting('Signed out', 1)
    const { page, person } = opened
    await setSeconds(opened, 'Wait 1', '4')
    await person.clearCookies()
    await page.keyboard.press('Control+s')

    const dialog = page.getByRole('dialog', { name: 'You were signed out' })
    await dialog.getByText('Your change is safe in this window').waitFor()
    await expectAccessible(page)
    const download = page.waitForEvent('download')
    await dialog.getByRole('button', { name: 'Download my changes' }).click()
    const file = JSON.parse(await readFile((await (await download).path()) ?? '', 'utf8'))
    expect(Object.values(file.nodes)).toMatchObject([{ secondsToWait: 4 }])

    const popup = page.waitForEvent('popup')
    await dialog.getByRole('button', { name: 'Sign in again' }).click()
    expect(new URL((await popup).url()).pathname).toBe('/am/XUI/')
    await signInAsAdministrator(person, editor.server)
    await tryAgain(dialog)
    await dialog.waitFor({ state: 'hidden' })
    await publish(page)

    expect(await secondsIn(opened, 'Signed out')).toEqual({ 'Wait 1': 4 })
  })
})

describe('a lost network', () => {
  it('is shown, keeps the changes, and saves them when it is back', async () => {
    const opened = await editor.openWaiting('Offline', 1)
    const { page, person } = opened
    await setSeconds(opened, 'Wait 1', '4')
    await person.setOffline(true)
    await page.keyboard.press('Control+s')
    await page.getByText('The server cannot be reached.').waitFor()

    await person.setOffline(false)
    await publish(page)
    await page.getByText('The server cannot be reached.').waitFor({ state: 'hidden' })
    expect(await secondsIn(opened, 'Offline')).toEqual({ 'Wait 1': 4 })
  })
})

describe('findings', () => {
  it('of a draft are shown on their node, and F8 goes to it', async () => {
    const { page } = await editor.openWaiting('Findings', 2)
    await node(page, 'Wait 2').click({ position: { x: 60, y: 10 } })
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('d')
    await node(page, 'Wait 2').getByText('1 finding').waitFor({ state: 'attached' })
    await page.keyboard.press('Escape')
    await page.keyboard.press('F8')
    await page.getByRole('button', { name: 'Connect to Failure' }).click()
    await node(page, 'Failure').getByText('1 connection').waitFor()
  })

  it('are listed with links to their nodes', async () => {
    const { page } = await editor.openWaiting('Listed', 2)
    await node(page, 'Wait 2').click({ position: { x: 60, y: 10 } })
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('d')
    await page.getByRole('button', { name: /finding/ }).click()
    await page
      .getByRole('dialog', { name: /finding/ })
      .getByRole('button', { name: /Wait 2/ })
      .click()
    await page.getByRole('heading', { name: 'Wait 2', level: 2 }).waitFor()
  })

  it('of the server prevent publishing, with an explanation', async () => {
    const person = await editor.person()
    await editor.store(person, emptyJourney('Refused'))
    const page = await editor.show(person, 'Refused')
    await canvas(page).focus()
    await page.keyboard.press('/')
    await page.keyboard.type('inner tree')
    await page.keyboard.press('Enter')
    await node(page, 'Inner Tree Evaluator').waitFor()
    await page.getByRole('button', { name: 'Publish', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: /^Publish/ })
    expect(await dialog.getByRole('alert').first().textContent()).toContain('Inner Tree Evaluator')
    expect(await dialog.getByRole('button', { name: 'Publish', exact: true }).isDisabled()).toBe(true)
  })
})

describe('a journey that does not exist', () => {
  it('can be created with a start, two ends and an empty canvas', async () => {
    const person = await editor.person()
    const page = await person.newPage()
    await page.goto(`${originOf(editor.server)}/console/journeys/Nobody?realm=%2Falpha`)
    await page.getByRole('heading', { name: /There is no journey/ }).waitFor()
    await page.getByRole('button', { name: 'Create it' }).click()
    const dialog = page.getByRole('dialog', { name: 'New journey' })
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Somebody 🔐')
    await dialog.getByRole('textbox', { name: 'Description' }).fill('Made in the console.')
    await dialog.getByRole('button', { name: 'Create journey' }).click()
    await node(page, 'Start').waitFor()

    const draft = await editor.draft(person, 'Somebody 🔐')
    expect(draft?.tree).toMatchObject({
      description: 'Made in the console.',
      identityResource: 'managed/alpha_user',
    })
  })
})
