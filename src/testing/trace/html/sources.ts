import { customNodeTypeId } from '../../../nodes/custom-node-type.ts'
import { html, type Markup } from '../../coverage/html/markup.ts'
import type { Trace } from '../trace.ts'
import type { Film } from './frames.ts'

type ShownScript = { id: string; name: string; source: string }

/** The lines of the walk file, each with an address. */
export function walkSourceView({ walk, events, differences }: Trace): Markup | undefined {
  if (walk.source.length === 0) return undefined
  const failed = new Set(differences.map(({ event }) => events[event ?? -1]?.line ?? walk.line))
  const rows = walk.source.map(({ line, text }) => lineOf(`walk-${line}`, line, text, failed.has(line)))
  return html`<section><h2>Walk <span class="number">${walk.file}</span></h2>${codeOf(`Source of ${walk.file}`, rows)}</section>`
}

/** Scripts, and those of custom node types. */
function scriptsOf({ frozen }: Trace): ShownScript[] {
  const custom = frozen.customNodeTypes.map((type) => ({
    id: customNodeTypeId(type),
    name: type.displayName,
    source: type.script,
  }))
  return [...Object.values(frozen.scripts), ...custom]
}

/** The address of a line of a script; undefined for a script that the trace doesn't have. */
export function scriptLines(trace: Trace): (script: string, line: number) => string | undefined {
  const ids = scriptsOf(trace).map(({ id }) => id)
  return (script, line) => {
    const at = ids.indexOf(script)
    return at < 0 ? undefined : `#script-${at}-${line}`
  }
}

/** The scripts of the frozen journeys. */
export function scriptViews(trace: Trace, { frames }: Film): Markup | undefined {
  const scripts = scriptsOf(trace)
  if (scripts.length === 0) return undefined
  const thrown = frames.flatMap(({ step }) => step.exception ?? [])
  const views = scripts.map((script, at) => {
    const own = thrown.filter(({ id }) => id === script.id)
    return scriptView(script, at, new Set(own.map(({ line = 1 }) => line)))
  })
  return html`<section><h2>Scripts</h2>${views}</section>`
}

function scriptView({ name, source }: ShownScript, at: number, thrown: ReadonlySet<number>): Markup {
  const rows = source
    .split(/\r\n|[\n\r]/)
    .map((text, index) => lineOf(`script-${at}-${index + 1}`, index + 1, text, thrown.has(index + 1)))
  const state = thrown.size > 0 ? ' open' : ''
  return html`<details class="script"${state}><summary>${name}</summary>${codeOf(`Source of ${name}`, rows)}</details>`
}

function lineOf(id: string, line: number, text: string, isMarked: boolean): Markup {
  return html`<tr id="${id}" class="${isMarked ? 'missed' : ''}"><th scope="row">${line}</th><td>${isMarked ? html`<span class="spoken">failed here: </span>` : undefined}<pre>${text}</pre></td></tr>
`
}

function codeOf(name: string, rows: readonly Markup[]): Markup {
  return html`<div class="scroller code" tabindex="0" role="region" aria-label="${name}"><table><thead class="spoken"><tr><th scope="col">Line</th><th scope="col">Source</th></tr></thead><tbody>${rows}</tbody></table></div>`
}
