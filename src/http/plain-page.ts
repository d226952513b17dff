import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { OperationError } from '../errors.ts'
import { html } from '../oauth/html.ts'
import type { FramePage } from '../oauth/pages.ts'

/**
 * The frame of pages that the server writes itself: as the sign-in page looks, without its scripts.
 * @param folder what `vite build` made of `web/`.
 */
export function plainPageFrame(folder: string): FramePage {
  let held: string | undefined
  return async ({ language, direction, title, organisation, sheet }) => {
    held ??= await readFile(join(folder, 'sign-in', 'plain.html'), 'utf8').catch(() => undefined)
    if (held === undefined) throw new OperationError('the web pages are not built: "npm start" does it')
    const parts: Readonly<Record<string, string>> = {
      title: escaped(title),
      organisation: escaped(organisation),
      sheet: sheet.html,
    }
    return held
      .replace('lang="en" dir="ltr"', `lang="${language}" dir="${direction}"`)
      .replaceAll(/\{\{(\w+)\}\}/g, (_place, name: string) => parts[name] ?? '')
  }
}

function escaped(text: string): string {
  return html`${text}`.html
}
