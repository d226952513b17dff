import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { OperationError } from '../base/errors.ts'
import { html } from '../oauth/html.ts'
import type { FramePage } from '../oauth/pages.ts'
import { directionOf } from './page-language.ts'

/**
 * The frame of pages that the server renders itself. They look like the sign-in page, but have no scripts.
 * @param folder output of `vite build` for `web/`.
 */
export function plainPageFrame(folder: string): FramePage {
  let template: string | undefined
  return async ({ language, title, organisation, sheet }) => {
    template ??= await readFile(join(folder, 'sign-in', 'plain.html'), 'utf8').catch(throwUnbuilt)
    const parts: Readonly<Record<string, string>> = {
      title: escaped(title),
      organisation: escaped(organisation),
      sheet: sheet.html,
    }
    return template
      .replace('lang="en" dir="ltr"', `lang="${language}" dir="${directionOf(language)}"`)
      .replaceAll(/\{\{(\w+)\}\}/g, (_place, name: string) => parts[name] ?? '')
  }
}

function escaped(text: string): string {
  return html`${text}`.html
}

/** Rejects with an error that names the likely reason of a page that can't be read. */
export function throwUnbuilt(cause: unknown): never {
  throw new OperationError('the web pages are not built: run "npm start"', { cause })
}
