import { readFile, writeFile } from 'node:fs/promises'
import { severities } from '../src/journeys/lint/finding.ts'
import type { Rule } from '../src/journeys/lint/rule.ts'
import { rules } from '../src/journeys/lint/rules.ts'

// Writes docs/lint.md from the rules; with --check it only checks that the page is up to date.

const intro = `# Lint

Lint finds problems of journeys before people run them. This page is generated from the rules by \`tools/lint-reference.ts\`.

- \`npx sidegate lint [JOURNEY…]\` prints the findings, and exits with status 1 if there is an error.
- \`GET /am/json{realm}/journeys/{name}/findings\` returns the findings to administrators; without \`/{name}\`, those of all journeys.
- The response to saving a journey contains its findings as \`_findings\`. Findings never prevent a save.

Errors make journeys fail. Warnings may be intended. Hints are about tidiness. An unreachable node is reported once, and other
rules ignore it. Lint doesn't run scripts: it reads from their source which state keys they may write.
`

function section({ id, severity, what, why, remedy }: Rule): string {
  return [`## ${id}`, '', `${severity} · ${what}`, '', `- Why: ${why}`, `- What to do: ${remedy}`, ''].join(
    '\n',
  )
}

const sorted = severities.flatMap((severity) => rules.filter((rule) => rule.severity === severity))
const page = new URL('../docs/lint.md', import.meta.url)
const expected = [intro, ...sorted.map(section)].join('\n')

if (!process.argv.includes('--check')) {
  await writeFile(page, expected)
  console.log(`docs/lint.md: ${rules.length} rules`)
} else if ((await readFile(page, 'utf8').catch(() => '')) !== expected) {
  console.error('docs/lint.md is stale: run "node tools/lint-reference.ts"')
  process.exitCode = 1
}
