import { expect, it } from 'vitest'
import { expectAccessible } from './browser.ts'
import { canvas, node, publish } from './editor.ts'
import { editorTest } from './editor-test.ts'

const editor = editorTest()

it.each(['light', 'dark'] as const)(
  'notes are written, moved, deleted and restored by keyboard (%s)',
  async (scheme) => {
    const name = `Noted ${scheme}`
    const { person, page } = await editor.openWaiting(name, 1, { scheme })
    await node(page, 'Wait 1').waitFor()
    await canvas(page).focus()
    await page.keyboard.press('n')
    const settings = page.getByRole('region', { name: 'Settings' })
    await settings.getByRole('textbox', { name: 'Text' }).waitFor()
    await page.keyboard.type('<b>Ask legal</b>')
    const note = canvas(page).getByRole('group', { name: 'Note: <b>Ask legal</b>' })
    await note.getByText('<b>Ask legal</b>').waitFor()
    await settings.getByText('Blue', { exact: true }).click()
    await expectAccessible(page)

    await canvas(page).focus()
    await page.keyboard.press('Alt+ArrowDown')
    await page.keyboard.press('Delete')
    await note.waitFor({ state: 'detached' })
    await page.keyboard.press('Control+z')
    await note.waitFor()
    await publish(page)
    const { uiConfig } = (await editor.stored(person, name)).tree as unknown as {
      uiConfig: { notes: string }
    }
    expect(Object.values(JSON.parse(uiConfig.notes))).toMatchObject([
      { text: '<b>Ask legal</b>', colour: 'blue' },
    ])

    await page.keyboard.press('o')
    await page.getByRole('region', { name: 'Notes' }).getByText('<b>Ask legal</b>').waitFor()
    await expectAccessible(page)
  },
)
