import type { Json } from '../../../base/json.ts'
import type { RecordedRead, RecordedWrite } from '../../../engine/recorded-step.ts'
import { maskedText } from '../../../runtime/mask.ts'
import { html, type Markup } from '../../coverage/html/markup.ts'
import { type Frame, frameTitle } from './frames.ts'
import { timeText } from './times.ts'

export type DetailLinks = {
  /** Title of a node type. */
  titleOf(type: string): string
  settingsOf(node: string): Readonly<Record<string, Json>>
  /** The address of a line of a script, by the id of the script. */
  scriptLine(script: string, line: number): string | undefined
}

/** What one node did. The page shows one of these at a time. */
export function frameDetail(frame: Frame, links: DetailLinks): Markup {
  const { step, number, journey, lane, event } = frame
  const { nodeId, outcome, result, page } = step
  // The picture has no outcomes of nodes on a page.
  const taken = result === 'outcome' && page === null ? outcome : ''
  return html`<section class="frame" id="frame-${number}" aria-label="Node ${number}" data-lane="${lane}" data-journey="${journey}" data-node="${page ?? nodeId}" data-result="${result}" data-outcome="${taken}" data-event="${event ?? ''}" data-title="${frameTitle(frame)}">
<h2>${frameTitle(frame)}</h2>
<p class="about">${links.titleOf(step.nodeType)} in ${journey}${step.page === null ? '' : ', on a page'}. At ${timeText(step.at)}, ${step.duration} ms.</p>
${reasonOf(frame, links)}
${writesOf(step.writes)}
${readsOf(step.reads)}
${logOf(step.log)}
${settingsOf(links.settingsOf(nodeId))}
</section>`
}

function reasonOf({ step }: Frame, { scriptLine }: DetailLinks): Markup | undefined {
  const { reason, exception, result } = step
  if (reason === undefined && exception === undefined) return undefined
  const href = exception && scriptLine(exception.id, exception.line ?? 1)
  const place =
    exception && `${exception.name}${exception.line === undefined ? '' : `, line ${exception.line}`}`
  const link = href === undefined ? place : html`<a class="to-script" href="${href}">${place}</a>`
  return html`<p class="reason ${result === 'error' ? 'error' : ''}">${exception?.message ?? reason}${link === undefined ? undefined : html` · ${link}`}</p>`
}

function writesOf(writes: readonly RecordedWrite[]): Markup {
  if (writes.length === 0) return html`<h3>State</h3><p class="none">This node changed nothing.</p>`
  const rows = writes.map(
    ({ key, change, isMasked, isCut, ...values }) =>
      html`<tr class="${change ?? 'same'}"><th scope="row">${key}</th><td class="change">${change ?? 'no change'}</td><td>${valueText(values.before, isMasked, change !== 'added')}</td><td>${valueText(values.after, isMasked, change !== 'removed')}${isCut ? ' (cut)' : ''}</td></tr>`,
  )
  return html`<h3>State</h3>${tableOf('State', ['Key', 'Change', 'Before', 'After'], rows)}`
}

function readsOf(reads: readonly RecordedRead[]): Markup | undefined {
  if (reads.length === 0) return undefined
  const rows = reads.map(
    ({ key, value, isMasked }) =>
      html`<tr><th scope="row">${key}</th><td>${valueText(value, isMasked, true)}</td></tr>`,
  )
  return html`<h3>Read</h3>${tableOf('Read state', ['Key', 'Value'], rows)}`
}

/** @param isThere whether the key can have a value. */
function valueText(value: Json | undefined, isMasked: true | undefined, isThere: boolean): string {
  if (value !== undefined) return JSON.stringify(value)
  if (!isThere) return ''
  return isMasked ? maskedText : 'not set'
}

function logOf(log: Frame['step']['log']): Markup | undefined {
  if (log.length === 0) return undefined
  return html`<h3>Log</h3><ul class="log">${log.map(({ level, message }) => html`<li class="${level}"><b>${level}</b> ${message}</li>`)}</ul>`
}

function settingsOf(settings: Readonly<Record<string, Json>>): Markup | undefined {
  const entries = Object.entries(settings)
  if (entries.length === 0) return undefined
  const rows = entries.map(
    ([name, value]) => html`<tr><th scope="row">${name}</th><td>${JSON.stringify(value)}</td></tr>`,
  )
  return html`<details><summary>Settings of this node</summary>${tableOf('Settings', ['Setting', 'Value'], rows)}</details>`
}

function tableOf(name: string, headings: readonly string[], rows: readonly Markup[]): Markup {
  return html`<div class="scroller" tabindex="0" role="region" aria-label="${name}"><table><thead><tr>${headings.map((heading) => html`<th scope="col">${heading}</th>`)}</tr></thead><tbody>${rows}</tbody></table></div>`
}
