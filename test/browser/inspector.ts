import type { Locator, Page } from 'playwright-core'

/** The settings of the selection. */
function inspector(page: Page): Locator {
  return page.getByRole('region', { name: 'Settings' })
}

/** Selects the journey itself, to show its settings. */
export async function chooseJourney(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Journey settings' }).click()
  await inspector(page).getByRole('heading', { name: 'Journey', level: 2 }).waitFor()
}

/** Values for a form, by field title. */
export type FormContent = {
  texts?: Readonly<Record<string, string | number>>
  switches?: Readonly<Record<string, boolean>>
  /** An option of a select, by its label. */
  choices?: Readonly<Record<string, string>>
  lists?: Readonly<Record<string, readonly string[]>>
  /** Texts by key. */
  maps?: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** English texts of translatable fields. */
  english?: Readonly<Record<string, string>>
}

/** Fills in the form. Other fields stay as they are. */
export async function fillIn(page: Page, content: FormContent): Promise<void> {
  const { texts = {}, switches = {}, choices = {}, lists = {}, maps = {}, english = {} } = content
  const form = inspector(page)
  for (const [title, text] of Object.entries(texts)) {
    await form.getByRole('textbox', { name: title, exact: true }).fill(String(text))
  }
  for (const [title, isOn] of Object.entries(switches)) {
    const control = form.getByRole('switch', { name: title })
    if ((await control.isChecked()) !== isOn) await control.click()
  }
  for (const [title, choice] of Object.entries(choices)) {
    await form.getByRole('combobox', { name: title, exact: true }).click()
    const offered = page.getByRole('listbox', { name: title, exact: true })
    await offered.getByRole('option', { name: choice, exact: true }).click()
  }
  for (const [title, entries] of Object.entries(lists)) {
    for (const entry of entries) await addTo(page, title, entry)
  }
  for (const [title, lines] of Object.entries(maps)) {
    for (const [name, value] of Object.entries(lines)) await addLine(page, title, name, value)
  }
  for (const [title, text] of Object.entries(english)) await writeEnglish(page, title, text)
}

async function addTo(page: Page, title: string, entry: string): Promise<void> {
  await inspector(page).getByRole('combobox', { name: title, exact: true }).fill(entry)
  await page.keyboard.press('Enter')
}

async function addLine(page: Page, title: string, name: string, value: string): Promise<void> {
  const form = inspector(page)
  await form.getByRole('button', { name: `Add to ${title}`, exact: true }).click()
  await form
    .getByRole('textbox', { name: `${title}, name` })
    .last()
    .fill(name)
  await form
    .getByRole('textbox', { name: `${title}, value` })
    .last()
    .fill(value)
}

async function writeEnglish(page: Page, title: string, text: string): Promise<void> {
  const form = inspector(page)
  const field = form.getByRole('textbox', { name: `${title} (en)` })
  if ((await field.count()) === 0) {
    await form.getByRole('button', { name: `Add a language to ${title}` }).click()
  }
  await field.fill(text)
}
