import type { Page } from 'playwright-core'

/** Puts a text in place of the script, as pasting does: CodeMirror closes brackets that are typed by itself. */
export async function writeScript(page: Page, source: string): Promise<void> {
  const editor = page.getByRole('textbox', { name: 'Script', exact: true })
  await editor.click()
  await page.keyboard.press('Control+A')
  // Replacing a selection makes Chromium write style attributes of its own.
  await page.keyboard.press('Delete')
  await page.keyboard.insertText(source)
}

/** Runs the script at hand, and waits for what it did. */
export async function tryScript(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await page.getByRole('region', { name: 'Result' }).waitFor()
}

export type NewScript = { name: string; kind: string; source: string }

/** Makes a script on the page of a realm's scripts. */
export async function makeScript(page: Page, { name, kind, source }: NewScript): Promise<void> {
  await page.getByRole('link', { name: 'New script' }).first().click()
  await page.getByLabel('Name', { exact: true }).fill(name)
  await page.getByRole('combobox', { name: 'Script type' }).click()
  await page.getByRole('option', { name: kind, exact: true }).click()
  await writeScript(page, source)
  await tryScript(page)
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('Saved', { exact: true }).waitFor()
}
