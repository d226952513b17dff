import type { ScriptCoverageEntry } from '../script-report.ts'
import { times } from './canvas.ts'
import { html, type Markup } from './markup.ts'
import { figures, page } from './page.ts'

/** The source of a script with the runs of each line. */
export function scriptPage(script: ScriptCoverageEntry, source: string): string {
  const { totals, problem, runs } = script
  const body = html`<p class="about">${script.isLibrary ? 'Library' : 'Script'}, ${runs === 0 ? 'never ran' : `ran ${times(runs)}`}${
    script.journeys.length === 0 ? undefined : html`. Used by ${script.journeys.join(', ')}`
  }.</p>
${problem === undefined ? undefined : html`<p class="notice">It can’t be measured: ${problem}</p>`}
${figures(totals)}
<div class="scroller code" tabindex="0" role="region" aria-label="Source of ${script.name}">
<table><thead><tr><th scope="col">Line</th><th scope="col">Runs</th><th scope="col">Branches</th><th scope="col">Source</th></tr></thead>
<tbody>
${source.split(/\r\n|[\n\r]/).map((text, at) => lineOf(script, at + 1, text))}
</tbody></table></div>`
  return page(script.name, body, { href: 'index.html', title: 'All journeys and scripts' })
}

function lineOf({ lines, branches, statements }: ScriptCoverageEntry, number: number, text: string): Markup {
  const hits = lines.find(({ line }) => line === number)?.hits
  const ways = branches.filter(({ line }) => line === number).flatMap((branch) => branch.hits)
  const missing = ways.filter((count) => count === 0).length
  const hasGap = statements.some((statement) => statement.line === number && statement.hits === 0)
  const state =
    hits === undefined && ways.length === 0
      ? 'none'
      : hits === 0
        ? 'missed'
        : missing > 0 || hasGap
          ? 'partly'
          : 'hit'
  const name = { none: '', missed: 'not run', partly: 'partly run', hit: 'run' }[state]
  return html`<tr class="${state}" id="line-${number}"><th scope="row">${number}</th><td class="runs">${hits ?? ''}${
    name === '' ? undefined : html`<span class="spoken"> ${name}</span>`
  }</td><td class="ways">${ways.length === 0 ? undefined : `${ways.length - missing}/${ways.length}`}</td><td><pre>${text}</pre></td></tr>
`
}
