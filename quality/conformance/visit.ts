import { setTimeout as pause } from 'node:timers/promises'
import type { BrowserContext, Page } from 'playwright-core'
import type { Address } from './suite.ts'

/** What the person does: `leave` looks at the first page only. */
export type Decision = 'allow' | 'deny' | 'leave'

/** What the pages looked like, oldest first, and whether the browser came back to the suite. */
export type Visit = { pictures: Buffer[]; isBack: boolean }

const person = { name: 'alex', password: 'Alex-Pass-2026' }

/** Opens an address as the person, signs in, decides about the consent and confirms a sign-out. */
export async function visit(
  context: BrowserContext,
  suite: string,
  address: Address,
  decision: Decision,
): Promise<Visit> {
  const page = await context.newPage()
  const pictures: Buffer[] = []
  try {
    await open(page, address)
    for (let steps = 0; steps < 12; steps++) {
      const found = await settled(page, suite)
      if (found === 'back') return { pictures, isBack: true }
      pictures.push(await page.screenshot())
      if (found === 'other' || decision === 'leave') break
      await act(page, found, decision)
    }
    return { pictures, isBack: false }
  } finally {
    await page.close()
  }
}

async function open(page: Page, { url, method }: Address): Promise<void> {
  if (method !== 'POST') {
    await page.goto(url, { waitUntil: 'domcontentloaded' })
    return
  }
  const { origin, pathname, searchParams } = new URL(url)
  const start = 'https://start.test/'
  await page.route(start, (route) =>
    route.fulfill({ contentType: 'text/html', body: '<form method="post">' }),
  )
  await page.goto(start)
  await page.evaluate(
    ([action, fields]) => {
      const form = document.forms[0]
      if (form === undefined) throw new Error('the page has no form')
      form.action = action
      for (const [name, value] of fields) {
        const input = Object.assign(document.createElement('input'), { type: 'hidden', name, value })
        form.append(input)
      }
      form.submit()
    },
    [origin + pathname, [...searchParams]] as const,
  )
  await page.waitForURL((now) => now.href !== start)
}

/** Signs in and decides until the browser is at an address that begins so. @throws Error at a page where nobody can act. */
export async function passPages(page: Page, end: string, decision: Decision): Promise<void> {
  for (let steps = 0; steps < 12; steps++) {
    const found = await settled(page, end)
    if (found === 'back') return
    if (found === 'other') break
    await act(page, found, decision)
  }
  throw new Error(`the browser stays at ${page.url()}`)
}

type Found = 'sign-in' | 'consent' | 'sign-out' | 'back' | 'other'

/** Waits until the page is one that the person can act on, or stays as it is. */
async function settled(page: Page, suite: string): Promise<Found> {
  let calm = 0
  for (let looks = 0; looks < 60; looks++) {
    await page.waitForLoadState('domcontentloaded')
    if (page.url().startsWith(suite)) {
      await page.waitForLoadState('networkidle', { timeout: 8000 }).catch(() => undefined)
      return 'back'
    }
    // A page that is just being left answers with an error.
    if (
      await page
        .locator('input[type=password]')
        .first()
        .isVisible()
        .catch(() => false)
    )
      return 'sign-in'
    if (
      await page
        .locator('button[name=decision]')
        .first()
        .isVisible()
        .catch(() => false)
    )
      return 'consent'
    if (
      await page
        .locator('button[name=logout]')
        .isVisible()
        .catch(() => false)
    )
      return 'sign-out'
    calm = page.url().includes('/XUI/') ? 0 : calm + 1
    if (calm > 4) return 'other'
    await pause(250)
  }
  return 'other'
}

async function act(page: Page, found: Found, decision: Decision): Promise<void> {
  const before = page.url()
  if (found === 'sign-in') {
    const name = page.locator('input:not([type=password]):not([type=hidden]):not([type=checkbox])').first()
    if (await name.isVisible()) await name.fill(person.name)
    const password = page.locator('input[type=password]').first()
    await password.fill(person.password)
    await password.press('Enter')
  } else if (found === 'consent') {
    await page.locator(`button[name=decision][value=${decision === 'deny' ? 'deny' : 'allow'}]`).click()
  } else {
    await page.locator('button[name=logout]').click()
  }
  await page.waitForURL((now) => now.href !== before, { timeout: 15_000 }).catch(() => undefined)
}
