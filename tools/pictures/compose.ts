import type { Page } from 'playwright-core'
import type { TestBrowser } from '../../test/browser/browser.ts'

/** A screenshot in the picture, `height` pixels high, with a title above it. */
export type Window = { title: string; screenshot: Uint8Array; height: number }

const style = `
  body { margin: 0; background: #dfe7ea; font: 600 15px/1 Inter, "Segoe UI", "DejaVu Sans", sans-serif; color: #2c3f47; }
  main { display: inline-grid; gap: 24px; padding: 20px 24px 24px; }
  section { display: flex; gap: 24px; align-items: flex-start; }
  figure { margin: 0; }
  figcaption { margin: 0 0 12px 4px; }
  img { display: block; border-radius: 12px; box-shadow: 0 1px 2px #1b2b3233, 0 8px 24px #1b2b3226; }
`

/** Arranges windows side by side, or in rows. Callers must close its page. */
export class Table {
  readonly #page: Page

  private constructor(page: Page) {
    this.#page = page
  }

  static async lay(browser: TestBrowser, scale = 1): Promise<Table> {
    return new Table(await (await browser.person({ scale })).newPage())
  }

  with(...windows: Window[]): Promise<Uint8Array> {
    return this.inRows(windows)
  }

  async inRows(...rows: Window[][]): Promise<Uint8Array> {
    const sections = rows.map((windows) => `<section>${windows.map(figureOf).join('')}</section>`)
    await this.#page.setContent(`<style>${style}</style><main>${sections.join('')}</main>`)
    await this.#page.waitForFunction(() => [...document.images].every(({ complete }) => complete))
    return this.#page.locator('main').screenshot()
  }
}

function figureOf({ title, screenshot, height }: Window): string {
  const source = `data:image/png;base64,${Buffer.from(screenshot).toString('base64')}`
  return `<figure><figcaption>${title}</figcaption><img height="${height}" src="${source}"></figure>`
}
