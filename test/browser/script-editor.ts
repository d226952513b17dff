import type { Page } from 'playwright-core'

/** Replaces the script as pasting does. Typed brackets would be closed by CodeMirror. */
export async function writeScript(page: Page, source: string): Promise<void> {
  const editor = page.getByRole('textbox', { name: 'Script', exact: true })
  await editor.click()
  await page.keyboard.press('Control+A')
  // If a selection is replaced, Chromium adds its own style attributes.
  await page.keyboard.press('Delete')
  await page.keyboard.insertText(source)
}

/** Runs the open script and waits for its result. */
export async function tryScript(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await page.getByRole('region', { name: 'Result' }).waitFor()
}

export type NewScript = { name: string; kind: string; source: string }

/** Creates a script on the realm's page of scripts. */
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
