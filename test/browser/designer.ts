import type { Page } from 'playwright-core'
import { tryScript, writeScript } from './script-editor.ts'

export type WantedProperty = {
  name: string
  label: string
  description?: string
  isMultiple?: boolean
  defaultValue?: string
}

/** A custom node type. Its properties are required texts. */
export type WantedNodeType = {
  name: string
  properties: readonly WantedProperty[]
  outcomes: readonly string[]
  hasErrorOutcome?: boolean
  script: string
}

/** Goes to the next of the five steps. */
export function goOn(page: Page): Promise<void> {
  return page.getByRole('button', { name: 'Next', exact: true }).click()
}

/** Goes to any of the five steps. */
export function goTo(page: Page, step: string): Promise<void> {
  const steps = page.getByRole('navigation', { name: 'Steps' })
  return steps.getByRole('link', { name: step, exact: true }).click()
}

/** Creates a node type through all five steps, from the list of custom nodes and back to it. */
export async function designNodeType(page: Page, wanted: WantedNodeType): Promise<void> {
  await page.getByRole('link', { name: 'New custom node' }).first().click()
  await page.getByLabel('Name', { exact: true }).fill(wanted.name)
  await goOn(page)
  for (const property of wanted.properties) await addProperty(page, property)
  await goOn(page)
  for (const outcome of wanted.outcomes) {
    await page.getByLabel('Outcomes', { exact: true }).first().fill(outcome)
    await page.keyboard.press('Enter')
  }
  if (wanted.hasErrorOutcome) await page.getByRole('switch', { name: 'Error outcome' }).click()
  await goOn(page)
  await writeScript(page, wanted.script)
  await tryScript(page)
  await goOn(page)
  await page.getByRole('heading', { name: 'Ready to save' }).waitFor()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByRole('link', { name: wanted.name, exact: true }).waitFor()
}

async function addProperty(page: Page, property: WantedProperty): Promise<void> {
  await page.getByRole('button', { name: 'Add property' }).click()
  await page.getByLabel('Name', { exact: true }).fill(property.name)
  await page.getByLabel('Label', { exact: true }).fill(property.label)
  if (property.description !== undefined) {
    await page.getByLabel('Description', { exact: true }).fill(property.description)
  }
  if (property.isMultiple) await page.getByLabel('Multi-valued').check()
  await page.getByLabel('Required').check()
  if (property.defaultValue === undefined) return
  await page.getByLabel('Provide a default value').check()
  await page.getByLabel('Default value', { exact: true }).fill(property.defaultValue)
}
