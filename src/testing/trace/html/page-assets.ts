import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { reportStyle } from '../../coverage/html/report-style.ts'

/** The style and the script of the page. The bundle has both files beside it. */
export type PageAssets = {
  style: string
  script: string
  /** Allows both, and nothing from elsewhere. */
  policy: string
}

let assets: PageAssets | undefined

export function pageAssets(): PageAssets {
  assets ??= readAssets()
  return assets
}

function readAssets(): PageAssets {
  const style = `${reportStyle()}\n${read('./show-trace.css')}`
  const script = read('./show-trace.js')
  const policy = [
    "default-src 'none'",
    `style-src ${hashOf(style)}`,
    `script-src ${hashOf(script)}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
  return { style, script, policy }
}

function read(name: string): string {
  return readFileSync(new URL(name, import.meta.url), 'utf8')
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
}
