import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type axe from 'axe-core'
import type { Page } from 'playwright-core'

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Colours, sizes and backgrounds of texts that were readable on a page of this process. */
const readable = new Set<string>()

type Check = { evaluate(this: Helper, element: Element, ...rest: unknown[]): boolean | undefined }
type Helper = { data(value: { contrastRatio?: number }): void }
type Rule = { id: string; matches(element: Element, ...rest: unknown[]): boolean }
type Axe = typeof axe & { _audit: { rules: Rule[]; checks: Record<string, Check> } }

type Checking = typeof window & {
  axe: Axe
  /** Texts that need no check of their contrast. */
  readable: Set<string>
  /** What the current run has computed. */
  backgrounds: Map<Element, string>
  targets: readonly { element: HTMLElement; box: DOMRect }[]
}

/** Violations of WCAG 2.2 A or AA, or of axe's best practices, on the page as it is now. */
export async function violationsOn(page: Page): Promise<string[]> {
  // Evaluating the source takes as long as checking a small page, so do it once for each page.
  if (!(await page.evaluate('"axe" in window'))) {
    await page.evaluate(axeSource)
    await page.evaluate(checkEachLookOnce)
  }
  // A new dialog gets its name in an effect, after it is visible.
  await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve, { timeout: 1000 })))
  const { problems, texts } = await page.evaluate(
    async ([values, known]) => {
      const checking = window as Checking
      const targets = 'a, area, button, input, select, textarea, summary, [tabindex], [contenteditable]'
      checking.readable = new Set(known)
      checking.backgrounds = new Map()
      checking.targets = [...document.querySelectorAll<HTMLElement>(targets)].map((element) => ({
        element,
        box: element.getBoundingClientRect(),
      }))
      const { violations } = await checking.axe.run(document, {
        runOnly: { type: 'tag', values },
        resultTypes: ['violations'],
      })
      const problems = violations.map(
        ({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html).join(' | ')}`,
      )
      return { problems, texts: [...checking.readable] }
    },
    [tags, [...readable]] as const,
  )
  for (const text of texts) readable.add(text)
  return problems
}

/**
 * Runs in the page. Most of a run's time is spent on the contrast of each text and the size of each target. Texts of the same
 * colour, size and background have the same contrast, and a target that touches no other is large enough, if a small one has room around it.
 */
function checkEachLookOnce(): void {
  const checking = window as Checking
  const { rules, checks } = checking.axe._audit
  const backgroundOf = (element: Element | null): string => {
    if (element === null) return ''
    const known = checking.backgrounds.get(element)
    if (known !== undefined) return known
    const { backgroundColor, backgroundImage, opacity } = getComputedStyle(element)
    const isClear = backgroundColor === 'rgba(0, 0, 0, 0)' && backgroundImage === 'none' && opacity === '1'
    const own = isClear ? '' : `; ${backgroundColor} ${backgroundImage} ${opacity}`
    const all = own + backgroundOf(element.parentElement)
    checking.backgrounds.set(element, all)
    return all
  }
  const textOf = (element: Element): string => {
    const { color, fontSize, fontWeight, textShadow } = getComputedStyle(element)
    return `${color} ${fontSize} ${fontWeight} ${textShadow}${backgroundOf(element)}`
  }
  const mayBeTooSmall = (element: Element): boolean => {
    const { left, right, top, bottom, width, height } = element.getBoundingClientRect()
    // A small target needs room around it.
    const room = Math.min(width, height) < 24 ? 24 : 0
    return checking.targets.some(({ element: other, box }) => {
      const isContainer = other.contains(element) && other.tabIndex < 0
      const isBeside = box.left >= right + room || box.right <= left - room
      const isAboveOrBelow = box.top >= bottom + room || box.bottom <= top - room
      return other !== element && !isContainer && !isBeside && !isAboveOrBelow
    })
  }
  const limit = (id: string, isWorthChecking: (element: Element) => boolean): void => {
    const rule = rules.find((one) => one.id === id)
    if (rule === undefined) throw new Error(`axe has no rule ${id}`)
    const { matches } = rule
    rule.matches = (element, ...rest) => isWorthChecking(element) && matches(element, ...rest)
  }
  limit('color-contrast', (element) => !checking.readable.has(textOf(element)))
  limit('target-size', mayBeTooSmall)

  const check = checks['color-contrast']
  if (check === undefined) throw new Error('axe does not check contrast')
  const { evaluate } = check
  check.evaluate = function (element, ...rest) {
    const text = textOf(element)
    if (checking.readable.has(text)) return true
    let isMeasured = false
    const data = this.data.bind(this)
    this.data = (value) => {
      isMeasured = value?.contrastRatio !== undefined
      data(value)
    }
    const result = evaluate.call(this, element, ...rest)
    // A hidden text passes, too.
    if (result === true && isMeasured) checking.readable.add(text)
    return result
  }
}
