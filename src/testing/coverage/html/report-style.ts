import { readFileSync } from 'node:fs'
import { designTokens } from '../../design-tokens.ts'

/** The style of pages with pictures of journeys. The bundle has the file beside it. */
export function reportStyle(): string {
  return `${designTokens()}\n${readFileSync(new URL('./coverage-report.css', import.meta.url), 'utf8')}`
}
