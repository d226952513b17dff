import type { Page } from 'playwright-core'

/** A row of a check's timeline: when it happened, and when the page showed it, in epoch milliseconds. */
export type Appearance = { text: string; at: number; seenAt: number }

declare global {
  interface Window {
    appearances?: Appearance[]
  }
}

/** Lets the page record when each new row of the timeline appears. A reload loses the records. */
export function noteAppearances(page: Page): Promise<void> {
  return page.evaluate(() => {
    const known = new Set<string>()
    const look = () => {
      const seenAt = Date.now()
      return [...document.querySelectorAll('.rails > li')].flatMap((row) => {
        const text = row.querySelector('b')?.textContent ?? ''
        const at = Date.parse(row.querySelector('time')?.dateTime ?? '')
        if (Number.isNaN(at) || known.has(`${at} ${text}`)) return []
        known.add(`${at} ${text}`)
        return [{ text, at, seenAt }]
      })
    }
    look()
    const appearances: Appearance[] = []
    window.appearances = appearances
    const observer = new MutationObserver(() => appearances.push(...look()))
    observer.observe(document.body, { subtree: true, childList: true, characterData: true })
  })
}

/** Rows that appeared since `noteAppearances`. @throws Error if the page was reloaded. */
export async function appearancesOn(page: Page): Promise<Appearance[]> {
  const seen = await page.evaluate(() => window.appearances)
  if (seen === undefined) throw new Error('the page was reloaded')
  return seen
}
