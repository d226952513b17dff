import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RealmConfiguration } from '../../../journeys/revision.ts'
import { customNodeTypeId } from '../../../nodes/custom-node-type.ts'
import type { CoverageReport } from '../coverage-report.ts'
import type { JourneyCoverage } from '../outcome-report.ts'
import { measuredScripts, type ScriptCoverageEntry } from '../script-report.ts'
import { type LinkOf, times } from './canvas.ts'
import { layOut } from './canvas-layout.ts'
import { indexPage, type PageNames } from './index-page.ts'
import { journeyPage } from './journey-page.ts'
import { html, type Markup } from './markup.ts'
import { figures, page } from './page.ts'
import { reportStyle } from './report-style.ts'

type Configuration = Omit<RealmConfiguration, 'realm'>

/** Writes the report as pages that work without a server. Other files of the folder stay. */
export function writeCoverageHtml(
  folder: string,
  report: CoverageReport,
  configuration: Configuration,
): void {
  mkdirSync(folder, { recursive: true })
  for (const [name, text] of coveragePages(report, configuration)) writeFileSync(join(folder, name), text)
}

/** The files of the report by name. `index.html` is the first page. */
export function coveragePages(report: CoverageReport, configuration: Configuration): Map<string, string> {
  const sources = new Map(measuredScripts(configuration).map(({ id, source }) => [id, source]))
  const scripts = report.scripts.scripts.filter(({ id }) => sources.has(id))
  const pages: PageNames = {
    journeys: namesFor('journey', report.outcomes.journeys, ({ name }) => name),
    scripts: namesFor('script', scripts, ({ id }) => id),
  }
  return new Map([
    ['report.css', reportStyle()],
    ['index.html', indexPage(report, pages)],
    ...report.outcomes.journeys.map((journey): [string, string] => [
      pages.journeys.get(journey.name) ?? '',
      pageOf(journey, scripts, configuration, pages),
    ]),
    ...scripts.map((script): [string, string] => [
      pages.scripts.get(script.id) ?? '',
      scriptPage(script, sources.get(script.id) ?? ''),
    ]),
  ])
}

function pageOf(
  journey: JourneyCoverage,
  scripts: readonly ScriptCoverageEntry[],
  { journeys, nodes, customNodeTypes }: Configuration,
  pages: PageNames,
): string {
  const document = journeys.find(({ _id }) => _id === journey.name)
  if (document === undefined) throw new Error(`The configuration has no journey ${journey.name}`)
  const settings = new Map(nodes.map((node) => [node.id, node]))
  const linkOf: LinkOf = (id) => {
    const { tree, script } = settings.get(id)?.config ?? {}
    const custom = customNodeTypes.find(
      ({ serviceName }) => document.nodes[id]?.nodeType === `designer-${serviceName}`,
    )
    const ofJourney = pages.journeys.get(String(tree))
    const ofScript = pages.scripts.get(custom === undefined ? String(script) : customNodeTypeId(custom))
    if (ofJourney !== undefined) return { href: ofJourney, title: `open the journey ${tree}` }
    return ofScript === undefined ? undefined : { href: ofScript, title: 'open its script' }
  }
  return journeyPage({
    journey,
    drawn: layOut(document, settings, journey),
    scripts: scripts
      .filter((script) => script.journeys.includes(journey.name))
      .map((script) => ({ script, href: pages.scripts.get(script.id) ?? '' })),
    linkOf,
  })
}

/** File names that are safe on every system, and different even where it ignores case. */
function namesFor<Thing extends { name: string }>(
  kind: string,
  things: readonly Thing[],
  keyOf: (thing: Thing) => string,
): ReadonlyMap<string, string> {
  return new Map(
    things.map((thing, at) => {
      const readable = thing.name.replace(/[^A-Za-z0-9]+/g, '-').slice(0, 60)
      return [keyOf(thing), `${kind}-${at + 1}-${readable}.html`]
    }),
  )
}

/** The source of a script with the runs of each line. */
function scriptPage(script: ScriptCoverageEntry, source: string): string {
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
