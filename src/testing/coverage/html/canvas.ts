import {
  type Box,
  boundsOf,
  inputPort,
  outputPort,
  type Size,
} from '../../../../web/console/editor/model/geometry.ts'
import { isFolded } from '../../../../web/console/editor/model/node-outcomes.ts'
import type { JourneyCoverage } from '../outcome-report.ts'
import type { DrawnJourney, DrawnNode } from './canvas-layout.ts'
import { html, type Markup } from './markup.ts'

/** Pages that nodes lead to: their script, or the journey that they run. */
export type LinkOf = (nodeId: string) => { href: string; title: string } | undefined

const margin = 28

/** Approximate width of a letter, in shares of the font size. SVG doesn't shorten text. */
const letterWidth = 0.56

/**
 * The journey as a picture: coloured where walks went, grey elsewhere.
 * @param prefix of the ids of nodes. They must differ between pictures of one page.
 */
export function canvas(
  drawn: DrawnJourney,
  journey: JourneyCoverage,
  linkOf: LinkOf,
  prefix = 'node',
): Markup {
  const { x, y } = boundsIn(drawn)
  const size = sizeOf(drawn)
  const view = `${x - margin} ${y - margin} ${size.width} ${size.height}`
  const label = `${journey.name}: nodes and connections. The table of nodes has the same content.`
  return html`<svg class="canvas" viewBox="${view}" width="${size.width}" height="${size.height}" role="group" aria-label="${label}">
${connectionsOf(drawn, journey)}
${endsOf(drawn, journey)}
${drawn.nodes.map((node) => nodeOf(node, linkOf(node.view.id), prefix))}
</svg>`
}

/** Size of the picture, in pixels at 100 %. */
export function sizeOf(drawn: DrawnJourney): Size {
  const { width, height } = boundsIn(drawn)
  return { width: width + 2 * margin, height: height + 2 * margin }
}

function boundsIn({ nodes, ends, connections }: DrawnJourney): Box {
  const corners = connections.flatMap(({ route }) =>
    route.map((point) => ({ ...point, width: 0, height: 0 })),
  )
  const bounds = boundsOf([...nodes.map(({ box }) => box), ...ends.values(), ...corners])
  return bounds ?? { x: 0, y: 0, width: 0, height: 0 }
}

/** Taken connections last, so that they are on top. */
function connectionsOf({ connections }: DrawnJourney, { nodes, starts }: JourneyCoverage): Markup[] {
  const visits = new Map(nodes.map((node) => [node.id, node]))
  return connections
    .map((connection) => {
      const { from, outcome } = connection
      const taken = visits.get(from)?.outcomes.find(({ id }) => id === outcome)?.visits ?? 0
      return { ...connection, isTaken: outcome === '' ? starts > 0 : taken > 0 }
    })
    .toSorted((one, other) => Number(one.isTaken) - Number(other.isTaken))
    .map(
      ({ from, outcome, to, path, isTaken }) =>
        html`<path class="lane ${stateOf(isTaken)}" data-from="${from}" data-outcome="${outcome}" data-to="${to}" d="${path}"/>`,
    )
}

function endsOf({ ends }: DrawnJourney, { starts, ends: reached }: JourneyCoverage): Markup[] {
  const visitsOf = (end: string) => reached.find((each) => each.end === end)?.visits ?? 0
  return [...ends].map(([end, box]) => {
    const visits = end === 'start' ? starts : visitsOf(end)
    const name = { start: '▶', success: '✓ Success', failure: '✕ Failure' }[end]
    const title = end === 'start' ? `started ${times(visits)}` : `${end} reached ${times(visits)}`
    return html`<g class="end ${end} ${stateOf(visits > 0)}"><title>${title}</title>${rectOf(box, box.height / 2)}${textAt(
      box.x + box.width / 2,
      box.y + box.height / 2,
      'end-name',
      end === 'start' ? name : `${name} ${visits}`,
    )}</g>`
  })
}

function nodeOf(node: DrawnNode, link: ReturnType<LinkOf>, prefix: string): Markup {
  const { box, view, coverage, children } = node
  const state = coverage === undefined ? 'unreachable' : stateOf(coverage.visits > 0)
  const { x, y } = box
  const title =
    coverage === undefined ? 'no connection reaches this node' : `visited ${times(coverage.visits)}`
  const head = html`<title>${view.name}: ${title}</title>${rectOf(box, 12)}
<rect class="tile" x="${x + 8}" y="${y + 8}" width="28" height="28" rx="8"/>
${textAt(x + 22, y + 22, 'tile-text', coverage === undefined ? '–' : shortCount(coverage.visits))}
${nameOf(view.name, x + 45, y)}`
  const port = inputPort(view.id)
  return html`<g class="node ${state}" id="${prefix}-${view.id}" data-node="${view.id}">
${link === undefined ? head : html`<a href="${link.href}" aria-label="${view.name}: ${link.title}">${head}</a>`}
<rect class="port" x="${x + port.x - 3}" y="${y + port.y - 6}" width="6" height="12" rx="3"/>
${children.map((name, at) => childOf(name, x, y + 46 + at * 40))}
${outcomesOf(node)}
</g>
`
}

/** A name in one line, or two. */
function nameOf(name: string, x: number, y: number): Markup {
  const most = Math.floor(162 / (13 * letterWidth))
  if (name.length <= most) return html`<text class="name" x="${x}" y="${y + 26}">${name}</text>`
  const space = name.lastIndexOf(' ', most)
  const at = space > most / 3 ? space : most
  const rest = name.slice(at).trim()
  return html`<text class="name" x="${x}" y="${y + 19}">${name.slice(0, at)}</text><text class="name" x="${x}" y="${y + 35}">${shortened(rest, most)}</text>`
}

function childOf(name: string, x: number, y: number): Markup {
  return html`<rect class="child" x="${x + 6}" y="${y}" width="204" height="36" rx="8"/><text class="child-name" x="${x + 18}" y="${y + 22}">${shortened(name, 26)}</text>`
}

function outcomesOf({ box, view, coverage, children }: DrawnNode): Markup[] {
  const shape = {
    outcomes: view.outcomes,
    children: view.children === undefined ? undefined : children.length,
  }
  return view.outcomes.map((outcome, at) => {
    const port = outputPort(shape, outcome.id)
    const [x, y] = [box.x + port.x, box.y + port.y]
    const visits = coverage?.outcomes.find(({ id }) => id === outcome.id)?.visits ?? 0
    const isLast = at === view.outcomes.length - 1
    const row = view.isPassThrough
      ? undefined
      : html`<path class="row" d="${rowPath(box.x + 1, y - 13, box.width - 2, isLast ? 11 : 0)}"/>
<text class="visits" x="${box.x + 12}" y="${y + 4}">${visits}</text><text class="outcome-name" x="${x - 16}" y="${y + 4}">${shortened(outcome.label, 27)}</text>`
    return html`<g class="outcome ${stateOf(visits > 0)}" data-outcome="${outcome.id}"><title>${outcome.label}: taken ${times(visits)}</title>${row}${markOf(outcome, x, y)}</g>`
  })
}

/** A row with rounded corners at its bottom, like those of its node. */
function rowPath(x: number, y: number, width: number, radius: number): string {
  const side = 26 - (radius > 0 ? 1 : 0) - radius
  const across = width - 2 * radius
  return `M${x} ${y}h${width}v${side}q0 ${radius} ${-radius} ${radius}h${-across}q${-radius} 0 ${-radius} ${-radius}z`
}

/** The port of an outcome: a cross if it leads to Failure, and a question mark if it leads nowhere. */
function markOf(outcome: DrawnNode['view']['outcomes'][number], x: number, y: number): Markup {
  if (isFolded(outcome)) return capAt(x, y, 'failure', '✕')
  if (outcome.target === undefined) return capAt(x, y, 'nowhere', '?')
  return html`<circle class="port" cx="${x}" cy="${y}" r="4.5"/>`
}

function capAt(x: number, y: number, kind: string, sign: string): Markup {
  return html`<circle class="cap ${kind}" cx="${x}" cy="${y}" r="8.5"/>${textAt(x, y, `cap-text ${kind}`, sign)}`
}

function rectOf({ x, y, width, height }: Box, radius: number): Markup {
  return html`<rect class="box" x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}"/>`
}

/** Centred text. */
function textAt(x: number, y: number, name: string, text: string): Markup {
  return html`<text class="${name}" x="${x}" y="${y}" text-anchor="middle" dominant-baseline="central">${text}</text>`
}

function stateOf(isCovered: boolean): string {
  return isCovered ? 'covered' : 'uncovered'
}

function shortened(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`
}

function shortCount(visits: number): string {
  return visits < 1000 ? String(visits) : `${Math.floor(visits / 1000)}k`
}

export function times(visits: number): string {
  return visits === 0 ? 'never' : visits === 1 ? 'once' : `${visits} times`
}
