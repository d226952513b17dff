import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Json } from '../../../base/json.ts'
import { typesWith } from '../../../journeys/revisions.ts'
import { html, Markup } from '../../coverage/html/markup.ts'
import { reportStyle } from '../../coverage/html/report-style.ts'
import type { Trace, TraceDifference } from '../trace.ts'
import { eventList } from './event-list.ts'
import { type DetailLinks, frameDetail } from './frame-detail.ts'
import { type Film, type Frame, filmOf, frameTitle } from './frames.ts'
import { pictures } from './pictures.ts'
import { scriptLines, scriptViews, walkSourceView } from './sources.ts'
import { dayText, timeText } from './times.ts'

/** A trace as one page that works without a server and without network. */
export function tracePage(trace: Trace): string {
  const film = filmOf(trace)
  const { walk, sidegate } = trace
  const { style, script, policy } = pageAssets()
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${walk.it} · Trace</title>
<link rel="icon" href="data:,">
<style>${new Markup(style)}</style>
</head>
<body>
<header class="bar"><span class="product">Trace</span><span class="version">Sidegate ${sidegate}</span></header>
<main>
<h1>${walk.it}</h1>
${summaryOf(trace)}
${brokenNotice(trace)}
${differencesOf(trace, film)}
${film.frames.length === 0 ? html`<p class="notice">No node ran.</p>` : playerOf(trace, film)}
<section><h2>What happened</h2>${eventList(trace, film)}</section>
${walkSourceView(trace)}
${scriptViews(trace, film)}
${revisionsOf(trace)}
</main>
<script>${new Markup(script)}</script>
</body>
</html>
`.text
}

function summaryOf({ walk, status, startedAt, endedAt }: Trace): Markup {
  const times = `${dayText(startedAt)}, ${timeText(startedAt)} to ${timeText(endedAt)} UTC`
  return html`<p class="about"><span class="status ${status === 'passed' ? status : 'failed'}">${status === 'passed' ? '✓ passed' : `✗ ${status}`}</span> ${walk.about} · ${walk.file}:${walk.line} · clock ${times}</p>`
}

function brokenNotice({ broken, walk }: Trace): Markup | undefined {
  if (broken === undefined) return undefined
  const { reason, line } = broken
  const link = walk.source.length === 0 ? undefined : html` <a href="#walk-${line}">line ${line}</a>`
  return html`<section class="differences" aria-label="Why the walk stopped"><p><b>✗ This walk can’t be played to its end:</b>${link}</p><p>${reason}</p></section>`
}

function differencesOf(trace: Trace, film: Film): Markup | undefined {
  const { differences, events, walk } = trace
  if (differences.length === 0) return undefined
  const items = differences.map((difference) => {
    const { subject, expected, got, more, event } = difference
    const shown = frameOf(difference, trace, film)
    const line = events[event ?? -1]?.line ?? walk.line
    return html`<li><p><b>✗ ${subject}</b>${shown === undefined ? undefined : html` <a class="to-frame" href="#frame-${shown.number}">at ${frameTitle(shown)}</a>`}${walk.source.length === 0 ? undefined : html` <a href="#walk-${line}">line ${line}</a>`}</p>
<dl><div><dt>expected</dt><dd>${expected}</dd></div><div><dt>got</dt><dd>${got}</dd></div></dl>
${more.map((text) => html`<p class="more">${text}</p>`)}</li>`
  })
  return html`<section class="differences" aria-label="What differs"><ul>${items}</ul></section>`
}

/** The node at which a difference showed. */
function frameOf({ node, event }: TraceDifference, trace: Trace, { frames }: Film): Frame | undefined {
  const step = node && trace.runs[node.run]?.steps[node.step]
  const exact = step && frames.find((frame) => frame.step === step)
  return exact ?? frames.findLast((frame) => frame.event === event) ?? frames.at(-1)
}

/** The slider, the pictures, and what the current node did. */
function playerOf(trace: Trace, film: Film): Markup {
  const count = film.frames.length
  const links = linksOf(trace)
  const [difference] = trace.differences
  const first = difference === undefined ? count : (frameOf(difference, trace, film)?.number ?? count)
  return html`<div class="player" id="player">
<div class="controls" hidden>
<button type="button" id="back" aria-label="Previous node">‹</button>
<label class="slider"><span class="spoken">Node</span><input type="range" id="position" min="1" max="${count}" value="${first}" step="1" data-first="${first}"></label>
<button type="button" id="forward" aria-label="Next node">›</button>
<output id="place" for="position"></output>
</div>
<div class="stage">
${pictures(trace, film)}
<div class="frames">${film.frames.map((frame) => frameDetail(frame, links))}</div>
</div>
</div>`
}

function linksOf(trace: Trace): DetailLinks {
  const { nodes, customNodeTypes } = trace.frozen
  const typeNamed = typesWith(customNodeTypes)
  const settings = new Map(nodes.map(({ id, config }) => [id, config]))
  return {
    titleOf: (type) => typeNamed(type)?.title ?? type,
    settingsOf: (node): Readonly<Record<string, Json>> => settings.get(node) ?? {},
    scriptLine: scriptLines(trace),
  }
}

function revisionsOf({ frozen }: Trace): Markup | undefined {
  if (frozen.revisions.length === 0) return undefined
  const items = frozen.revisions.map(({ journey, id }) => html`<li>${journey}: <code>${id}</code></li>`)
  return html`<section><h2>Frozen revisions</h2><ul class="plain">${items}</ul></section>`
}

/** The style and the script of the page. The bundle has both files beside it. */
type PageAssets = {
  style: string
  script: string
  /** Allows both, and nothing from elsewhere. */
  policy: string
}

let assets: PageAssets | undefined

function pageAssets(): PageAssets {
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
