import { type JourneyCoverage, type NodeCoverage, percentOf, uncoveredOutcomes } from '../outcome-report.ts'
import { type ScriptCoverageEntry, scriptTotalsOf } from '../script-report.ts'
import { canvas, type LinkOf, sizeOf, times } from './canvas.ts'
import type { DrawnJourney } from './canvas-layout.ts'
import { html, Markup } from './markup.ts'
import { figures, foldedList, page } from './page.ts'

type Parts = {
  journey: JourneyCoverage
  drawn: DrawnJourney
  /** The scripts of the journey, each with its page. */
  scripts: readonly { script: ScriptCoverageEntry; href: string }[]
  linkOf: LinkOf
}

/** Wider pictures start at 100 %, because their text would be too small. In pixels. */
const mostFitted = 1500

/** A journey as on the editor's canvas, with what is not covered and its scripts beside it. */
export function journeyPage({ journey, drawn, scripts, linkOf }: Parts): string {
  const { totals, starts, errors } = journey
  const isReadableFitted = sizeOf(drawn).width <= mostFitted
  const ofScripts = scriptTotalsOf(scripts.map(({ script }) => script))
  const body = html`<p class="about">${starts === 0 ? 'Never started' : `Started ${times(starts)}`}${errors === 0 ? undefined : `, ended with an error ${times(errors)}`}.</p>
${figures({ ...totals, lines: ofScripts.lines, branches: ofScripts.branches })}
<div class="beside">
<section aria-label="Journey">
<label class="fit"><input type="checkbox" id="fit"${isReadableFitted ? new Markup(' checked') : undefined}> Fit to width</label>
<div class="scroller board" tabindex="0" role="region" aria-label="Picture of ${journey.name}">
${canvas(drawn, journey, linkOf)}
</div>
${legend}
</section>
<div class="side">
${uncoveredOf(journey)}
${unreachableOf(journey)}
${scriptsOf(scripts)}
</div>
</div>
${nodesOf(journey)}`
  return page(journey.name, body, { href: 'index.html', title: 'All journeys and scripts' })
}

const legend = html`<p class="legend"><span class="sample covered"></span> taken <span class="sample uncovered"></span> not taken <span class="sample cap">✕</span> leads to Failure <span class="sample cap nowhere">?</span> leads nowhere. The number of a node counts its visits.</p>`

function uncoveredOf(journey: JourneyCoverage): Markup {
  const uncovered = uncoveredOutcomes({ totals: journey.totals, journeys: [journey] })
  if (uncovered.length === 0) return html`<section><h2>Outcomes that no walk takes</h2><p>None.</p></section>`
  const links = uncovered.map(
    ({ node, nodeId, outcome }) => html`<a href="#node-${nodeId}">${node}</a> → ${outcome}`,
  )
  return html`<section><h2>Outcomes that no walk takes <span class="number">${links.length}</span></h2>${foldedList(links, 12)}</section>`
}

function unreachableOf({ unreachable }: JourneyCoverage): Markup | undefined {
  if (unreachable.length === 0) return undefined
  const links = unreachable.map(({ id, name }) => html`<a href="#node-${id}">${name}</a>`)
  return html`<section><h2>Nodes that no connection reaches <span class="number">${links.length}</span></h2><p>They don’t count.</p>${foldedList(links, 12)}</section>`
}

function scriptsOf(scripts: Parts['scripts']): Markup | undefined {
  if (scripts.length === 0) return undefined
  const rows = scripts.map(({ script: { name, totals, problem }, href }) => {
    const [lines, branches] = [percentOf(totals.lines), percentOf(totals.branches)]
    return html`<tr><th scope="row"><a href="${href}">${name}</a></th>${
      problem === undefined
        ? html`<td>${totals.lines.covered}/${totals.lines.total}${lines === undefined ? '' : ` ${lines} %`}</td><td>${totals.branches.covered}/${totals.branches.total}${branches === undefined ? '' : ` ${branches} %`}</td>`
        : html`<td colspan="2">not measurable</td>`
    }</tr>`
  })
  return html`<section><h2>Scripts</h2><table class="small"><thead><tr><th scope="col">Name</th><th scope="col">Lines</th><th scope="col">Branches</th></tr></thead><tbody>${rows}</tbody></table></section>`
}

function nodesOf({ nodes }: JourneyCoverage): Markup {
  return html`<details class="nodes"><summary>Table of nodes</summary><div class="scroller" tabindex="0" role="region" aria-label="Table of nodes"><table><thead><tr><th scope="col">Node</th><th scope="col">Type</th><th scope="col">Visits</th><th scope="col">Outcomes, with the number of times that walks took them</th></tr></thead><tbody>${nodes.map(rowOf)}</tbody></table></div></details>`
}

function rowOf({ name, type, visits, outcomes }: NodeCoverage): Markup {
  const list = outcomes.map(
    (outcome) =>
      html`<span class="chip ${outcome.visits > 0 ? 'covered' : 'uncovered'}">${outcome.name} <b>${outcome.visits}</b></span> `,
  )
  return html`<tr><th scope="row">${name}</th><td>${type}</td><td>${visits}</td><td>${list}</td></tr>`
}
