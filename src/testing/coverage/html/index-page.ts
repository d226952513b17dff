import { type CoverageReport, totalsByMeasure } from '../coverage-report.ts'
import { uncoveredOutcomes } from '../outcome-report.ts'
import { scriptTotalsOf } from '../script-report.ts'
import { html, type Markup } from './markup.ts'
import { countCell, figures, foldedList, page } from './page.ts'

/** Names of the pages of journeys, and of scripts by id. */
export type PageNames = { journeys: ReadonlyMap<string, string>; scripts: ReadonlyMap<string, string> }

/** The overview of all journeys and scripts. */
export function indexPage(report: CoverageReport, pages: PageNames): string {
  // Lines say nearly the same as statements.
  const { statements: _statements, ...shown } = totalsByMeasure(report)
  const body = html`${figures(shown)}
${journeysOf(report, pages)}
${scriptsOf(report, pages)}
${uncoveredOf(report, pages)}
${listOf(
  'Nodes that no connection reaches',
  report.outcomes.journeys.flatMap(({ name, unreachable }) =>
    unreachable.map((node) => html`${name}: ${node.name}`),
  ),
)}
${listOf(
  'Scripts that no journey uses',
  report.scripts.unused.map(({ name }) => html`${name}`),
)}`
  return page('All journeys', body)
}

function journeysOf({ outcomes, scripts }: CoverageReport, pages: PageNames): Markup {
  const rows = outcomes.journeys.map(({ name, totals, starts }) => {
    const { lines, branches } = scriptTotalsOf(
      scripts.scripts.filter((script) => script.journeys.includes(name)),
    )
    return html`<tr><th scope="row"><a href="${pages.journeys.get(name)}">${name}</a></th><td class="starts">${starts}</td>${[totals.outcomes, totals.connections, totals.ends, lines, branches].map(countCell)}</tr>`
  })
  const headings = ['Journey', 'Starts', 'Outcomes', 'Connections', 'Ends', 'Script lines', 'Script branches']
  return html`<section><h2>Journeys</h2>${tableOf('Journeys', headings, rows)}</section>`
}

function scriptsOf({ scripts: { scripts } }: CoverageReport, pages: PageNames): Markup | undefined {
  if (scripts.length === 0) return undefined
  const rows = scripts.map(({ id, name, runs, totals, problem }) => {
    const href = pages.scripts.get(id)
    const counts =
      problem === undefined
        ? [totals.lines, totals.branches].map(countCell)
        : html`<td colspan="2" class="problem">${problem}</td>`
    return html`<tr><th scope="row">${href === undefined ? name : html`<a href="${href}">${name}</a>`}</th><td class="starts">${runs}</td>${counts}</tr>`
  })
  return html`<section><h2>Scripts</h2>${tableOf('Scripts', ['Script', 'Runs', 'Lines', 'Branches'], rows)}</section>`
}

function uncoveredOf({ outcomes }: CoverageReport, pages: PageNames): Markup | undefined {
  return listOf(
    'Outcomes that no walk takes',
    uncoveredOutcomes(outcomes).map(
      ({ journey, node, nodeId, outcome }) =>
        html`${journey}: <a href="${pages.journeys.get(journey)}#node-${nodeId}">${node}</a> → ${outcome}`,
    ),
  )
}

function listOf(title: string, entries: readonly Markup[]): Markup | undefined {
  if (entries.length === 0) return undefined
  return html`<section><h2>${title} <span class="number">${entries.length}</span></h2>${foldedList(entries, 20)}</section>`
}

function tableOf(name: string, headings: readonly string[], rows: readonly Markup[]): Markup {
  return html`<div class="scroller" tabindex="0" role="region" aria-label="Table of ${name.toLowerCase()}"><table class="overview"><thead><tr>${headings.map((heading) => html`<th scope="col">${heading}</th>`)}</tr></thead><tbody>${rows}</tbody></table></div>`
}
