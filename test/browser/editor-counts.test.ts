import { expect, it } from 'vitest'
import { answerStep, startJourney } from '../support/wire.ts'
import { expectAccessible } from './browser.ts'
import { editorTest } from './editor-test.ts'

const editor = editorTest()

/** Starts the sample journey `Login` and answers its page, unless there is no password. */
async function signIn(password: string | undefined): Promise<void> {
  const { url } = editor.server
  const page = await startJourney(url, 'Login')
  if (password !== undefined) await answerStep(url, page, ['alex', password])
}

it('shows on the canvas where sign-ins went, stopped and how long they took', async () => {
  for (const password of ['Alex-Pass-2026', 'Alex-Pass-2026', 'wrong', undefined]) await signIn(password)
  const page = await editor.show(await editor.person(), 'Login')
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
})

it('says so if nobody used a journey', async () => {
  const page = await editor.show(await editor.person(), 'StepUp')
  await page.getByRole('button', { name: 'Traffic', exact: true }).click()
  await page.getByText('No sign-in started this journey in this period.').waitFor()
})
