import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startServer, type TestServer } from '../support/start-server.ts'
import { expectAccessible, expectGoodInEveryLook, TestBrowser } from './browser.ts'
import { goOn, goTo } from './designer.ts'
import { writeScript } from './script-editor.ts'
import { originOf, signInAsAdministrator } from './signed-in.ts'

let server: TestServer
let browser: TestBrowser

beforeAll(async () => {
  server = await startServer({ withSamples: false })
  browser = await TestBrowser.launch()
})

afterAll(async () => {
  browser.expectNoProblems()
  await browser.close()
  await server.stop()
})

async function open(path: string): Promise<Page> {
  const person = await browser.person()
  await signInAsAdministrator(person, server)
  const page = await person.newPage()
  await page.goto(`${originOf(server)}/console${path}`)
  return page
}

function isFocused(element: Locator): Promise<boolean> {
  return element.evaluate((node) => node === document.activeElement)
}

it('a node type is designed in five steps, and wrong names are shown at their fields, also to a keyboard user', async () => {
  const page = await open('/custom-nodes')
  await page.getByRole('heading', { name: 'No custom nodes yet' }).waitFor()
  await page.getByRole('link', { name: 'New custom node' }).first().click()

  const name = page.getByLabel('Name', { exact: true })
  await name.fill('User Message To Display')
  await goOn(page)
  await page.getByRole('button', { name: 'Add property' }).click()
  await name.fill('message')
  await page.getByLabel('Label').fill('Message to display')
  await page.getByLabel('Required').check()
  await page.getByLabel('Provide a default value').check()
  await page.getByLabel('Default value', { exact: true }).fill('Hello')
  await goOn(page)
  await page.getByLabel('Outcomes', { exact: true }).first().fill('Success')
  await page.keyboard.press('Enter')
  await page.getByRole('switch', { name: 'Error outcome' }).click()
  await goOn(page)
  await writeScript(page, 'nodeState.putShared("said", properties.message);\naction.goTo("Success");\n')
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await page.getByRole('region', { name: 'Result' }).getByText('Success').waitFor()
  await page.getByText('said = "Hello"').waitFor()
  await goOn(page)
  await page.getByRole('heading', { name: 'Ready to save' }).waitFor()
  await page.getByRole('button', { name: 'Save', exact: true }).click()

  const listed = page.getByRole('link', { name: 'User Message To Display' })
  await listed.waitFor()
  await expectAccessible(page)
  await listed.click()
  await page.getByRole('link', { name: 'Properties' }).click()
  await page.getByText('Message to display').first().waitFor()

  await page.goto(`${originOf(server)}/console/custom-nodes/new`)
  await page.getByText('Step 1 of 5').waitFor()
  await name.fill('User Message To Display')
  await page.getByText('Another custom node has this name.').waitFor()
  await goOn(page)
  await expect.poll(() => isFocused(name)).toBe(true)
  await name.fill('Other message')
  await page.getByRole('button', { name: 'Next', exact: true }).press('Enter')
  await expect.poll(() => isFocused(page.getByRole('heading', { name: 'Properties' }))).toBe(true)

  await page.getByRole('button', { name: 'Add property' }).click()
  await name.fill('to-day')
  await page.getByText('Use only letters, digits and underscores').waitFor()
  expect(await page.getByText('Enter a label.').count()).toBe(0)
  await goOn(page)
  await page.getByText('Enter a label.').waitFor()
  await expect.poll(() => isFocused(name)).toBe(true)
  await expectAccessible(page)
})

it('every step of the designer looks good, and the last one shows what is missing and links to it', async () => {
  const page = await open('/custom-nodes/new#name')
  for (const step of ['Name and description', 'Properties', 'Settings', 'Script', 'Save']) {
    await goTo(page, step)
    await page.locator(`a[aria-current]`, { hasText: step }).waitFor()
    await expectGoodInEveryLook(page)
  }
  await page.getByRole('heading', { name: 'Fix these first' }).waitFor()
  expect(await page.getByRole('button', { name: 'Save', exact: true }).isDisabled()).toBe(true)
  await page.getByRole('link', { name: 'Add at least one outcome.' }).click()
  await page.getByRole('heading', { name: 'Settings' }).waitFor()
})

it('the designer keeps a draft when the window is closed, offers it again, and forgets it when it is discarded', async () => {
  const page = await open('/custom-nodes/new')
  const name = page.getByLabel('Name', { exact: true })
  await name.fill('Half done 🛠 عقدة')
  await page.getByText('Draft saved').waitFor()
  await page.reload()
  await page.getByText('Draft restored').waitFor()
  expect(await name.inputValue()).toBe('Half done 🛠 عقدة')
  await page.getByRole('button', { name: 'Discard draft' }).click()
  expect(await name.inputValue()).toBe('')
})

it('the script of a node type is completed, and problems are shown below their lines', async () => {
  const page = await open('/custom-nodes/new#properties')
  await page.getByRole('button', { name: 'Add property' }).click()
  await page.getByLabel('Name', { exact: true }).fill('message')
  await goTo(page, 'Script')
  await page.getByRole('textbox', { name: 'Script', exact: true }).click()
  await page.keyboard.type('nodeState.putSh')
  await page.getByRole('option', { name: /putShared/ }).waitFor()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await page.keyboard.type('properties.')
  await page.getByRole('option', { name: /message/ }).waitFor()
  await page.keyboard.press('Escape')

  await writeScript(page, 'var a = 1;\nvar b = ;\n')
  await page.locator('.script-problem.error').waitFor()
  await writeScript(page, 'for (let i = 0; i < 2; i++) {}\n')
  await page.locator('.script-problem.warning').waitFor()
  await writeScript(page, 'nodeStat.get("a");\n')
  const hasText = "Warning: 'nodeStat' is unknown. Did you mean 'nodeState'?"
  await page.locator('.script-problem.warning', { hasText }).waitFor()
  await expectAccessible(page)
})

it('a script of a realm is written at any speed, tried, mended where it failed, saved and found again', async () => {
  const page = await open('/scripts')
  await page.getByRole('link', { name: 'New script' }).first().click()
  await page.getByLabel('Name', { exact: true }).fill('Waiting message')
  await writeScript(page, '')
  const typed = `// ${'every letter counts, '.repeat(4)}`
  // Faster than React renders.
  await page.evaluate(async (letters) => {
    for (const letter of letters) {
      document.execCommand('insertText', false, letter)
      await new Promise<void>((resolve) => setTimeout(resolve))
    }
  }, typed)
  await page.getByText('counts, ').first().waitFor()
  expect(await page.getByRole('textbox', { name: 'Script', exact: true }).textContent()).toBe(typed)

  await writeScript(page, 'var x = 1;\nmissing();\n')
  const run = page.getByRole('button', { name: 'Run', exact: true })
  await run.click()
  await page.getByText('The script failed (line 2)').waitFor()
  const stateBefore = page.getByLabel('State before')
  const state = await stateBefore.inputValue()
  await stateBefore.fill('nothing')
  await run.click()
  await page.getByText('must be a JSON object').waitFor()
  await stateBefore.fill(state)

  await writeScript(
    page,
    `if (callbacks.isEmpty()) {
      nodeState.putShared("asked", "once");
      callbacksBuilder.textInputCallback("Your pet");
    } else {
      nodeState.putShared("pet", callbacks.getTextInputCallbacks().get(0));
      httpClient.send("https://pets.example/", { method: "POST" }).get();
      action.goTo(nodeState.get("asked"));
    }`,
  )
  await run.click()
  const result = page.getByRole('region', { name: 'Result' })
  await result.getByText('Waiting for input').waitFor()
  await page.getByRole('textbox', { name: 'Your pet' }).fill('Rex')
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Answer' }).click()
  await result.getByText('once', { exact: true }).waitFor()
  await result.getByText('pet = "Rex"').waitFor()
  await page.getByText('Not sent: POST https://pets.example/. Example answer').waitFor()

  await page.getByRole('combobox', { name: 'Script type' }).click()
  await page.getByRole('option', { name: 'Configuration provider node' }).click()
  await writeScript(page, 'config = { secondsToWait: 3 };\n')
  await page.keyboard.press('Control+Enter')
  await page.getByText('"secondsToWait": 3').waitFor()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('Saved', { exact: true }).waitFor()
  await expectAccessible(page)

  await page.getByRole('link', { name: 'Scripts', exact: true }).last().click()
  await page.getByRole('link', { name: 'Waiting message' }).click()
  await page.getByText('config = { secondsToWait: 3 };').waitFor()
})
