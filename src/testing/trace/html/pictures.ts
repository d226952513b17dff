import { canvas, type LinkOf, sizeOf } from '../../coverage/html/canvas.ts'
import { layOut } from '../../coverage/html/canvas-layout.ts'
import { html, type Markup } from '../../coverage/html/markup.ts'
import { OutcomeCounter } from '../../coverage/outcome-counter.ts'
import type { Trace } from '../trace.ts'
import type { Film } from './frames.ts'

/** Wider pictures scroll, because their text would be too small. In pixels. */
const mostFitted = 1200

/** The journeys of each party, as on the editor's canvas. The page shows the one of the current node. */
export function pictures(trace: Trace, film: Film): Markup {
  const columns = film.lanes.map(({ party, journeys }, lane) => {
    const drawn = journeys.map((journey) => picture(trace, film, { lane, journey }))
    const title = party === '' ? undefined : html`<h2>${party}</h2>`
    return html`<section class="party" data-lane="${lane}" aria-label="${party === '' ? 'Journey' : `Journey of ${party}`}">${title}${drawn}</section>`
  })
  return html`<div class="pictures">${columns}</div>`
}

function picture(
  { frozen, runs }: Trace,
  { lanes, frames }: Film,
  { lane, journey }: { lane: number; journey: string },
): Markup | undefined {
  const document = frozen.journeys.find(({ _id }) => _id === journey)
  if (document === undefined) return undefined
  const counter = new OutcomeCounter(frozen)
  for (const run of lanes[lane]?.runs ?? []) counter.add(runs[run]?.steps ?? [])
  const counted = counter.report().journeys.find(({ name }) => name === journey)
  if (counted === undefined) return undefined
  const drawn = layOut(document, new Map(frozen.nodes.map((node) => [node.id, node])), counted)
  const linkOf: LinkOf = (id) => {
    const first = frames.find(
      ({ step, ...frame }) =>
        frame.lane === lane && frame.journey === journey && (step.nodeId === id || step.page === id),
    )
    return first === undefined ? undefined : { href: `#frame-${first.number}`, title: 'show what it did' }
  }
  const { party = '', journeys = [] } = lanes[lane] ?? {}
  const at = journeys.indexOf(journey)
  const isWide = sizeOf(drawn).width > mostFitted / lanes.length
  return html`<figure class="picture${isWide ? ' wide' : ''}" data-lane="${lane}" data-journey="${journey}"><figcaption>${journey}</figcaption><div class="scroller board" tabindex="0" role="region" aria-label="Picture of ${journey}${party === '' ? '' : `, ${party}`}">
${canvas(drawn, counted, linkOf, `node-${lane}-${at}`)}
</div></figure>`
}
