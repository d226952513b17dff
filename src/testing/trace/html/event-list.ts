import { html, type Markup } from '../../coverage/html/markup.ts'
import type { Trace, TraceCall, TraceEvent, TraceShown } from '../trace.ts'
import { type Film, type Frame, frameTitle } from './frames.ts'
import { timeText } from './times.ts'

const titles: Readonly<Record<TraceEvent['kind'], string>> = {
  start: 'Starts',
  answer: 'Answers',
  open: 'Opens a link',
  phone: 'Answers on the phone',
  reject: 'Reports that this is not the caller',
  approve: 'Second agent approves',
  decline: 'Second agent declines',
  wait: 'Waits',
  mail: 'Expects an email',
  update: 'An administrator changes',
  request: 'An application asks',
}

/** Everything in the order of time: one column for each party. */
export function eventList(trace: Trace, { frames, lanes }: Film): Markup {
  const laneOf = new Map(lanes.map(({ party }, lane) => [party, lane]))
  const rest = frames.filter(({ event }) => event === undefined)
  const items = trace.events.map((event, at) => {
    const own = frames.filter((frame) => frame.event === at)
    const failed = trace.differences.filter((difference) => difference.event === at)
    return eventItem(event, { at, frames: own, failed, lane: laneOf.get(event.party) })
  })
  const others =
    rest.length === 0
      ? undefined
      : html`<li class="event"><div class="what"><p>Other nodes</p>${nodesOf(rest)}</div></li>`
  return html`<ol class="events lanes-${Math.min(lanes.length, 4)}">${items}${others}</ol>`
}

type Item = { at: number; frames: readonly Frame[]; failed: Trace['differences']; lane: number | undefined }

function eventItem(event: TraceEvent, { at, frames, failed, lane }: Item): Markup {
  const { kind, about, party, sent, shown, mails, calls, line } = event
  const column = lane === undefined ? 'all' : `in-${Math.min(lane, 3)}`
  return html`<li class="event ${column} ${failed.length > 0 ? 'failed' : ''}" id="event-${at}" data-line="${line ?? ''}">
<time>${timeText(event.at)}</time>
<div class="what">
<p><b>${party === '' ? '' : `${party}: `}${titles[kind]}</b> ${about}${line === undefined ? undefined : html` <a class="line" href="#walk-${line}">line ${line}</a>`}</p>
${sent.length === 0 ? undefined : html`<dl class="sent">${sent.map(({ name, value }) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`}
${nodesOf(frames)}
${shown === undefined ? undefined : shownOf(shown)}
${calls.map(callOf)}
${mails.map(mailOf)}
${failed.map(({ subject, expected, got }) => html`<p class="wrong"><b>✗ ${subject}</b> expected ${expected}, got ${got}</p>`)}
</div></li>`
}

function nodesOf(frames: readonly Frame[]): Markup | undefined {
  if (frames.length === 0) return undefined
  return html`<ul class="ran">${frames.map((frame) => html`<li><a class="to-frame" href="#frame-${frame.number}">${frameTitle(frame)}</a></li>`)}</ul>`
}

function shownOf(shown: TraceShown): Markup {
  if (shown.kind === 'failure') return html`<p class="shown end failure-end">Failure: ${shown.message}</p>`
  if (shown.kind === 'success') {
    return html`<p class="shown end success-end">Success${shown.successUrl === undefined ? '' : `, to ${shown.successUrl}`}</p>`
  }
  const asked = shown.callbacks.map(
    ({ type, texts }) =>
      html`<li>${texts.length === 0 ? type : texts.join(' · ')} <span class="type">${type}</span></li>`,
  )
  return html`<div class="shown"><p>Page${shown.title === '' ? '' : ` “${shown.title}”`}</p><ul class="plain">${asked}</ul></div>`
}

function mailOf({ to, subject, text = '' }: TraceEvent['mails'][number]): Markup {
  const content = text === '' ? undefined : html`<p class="mail-text">${text}</p>`
  return html`<div class="mail"><p><b>Email</b> to ${to.join(', ')}: “${subject}”</p>${content}</div>`
}

function callOf({ method, url, body, answer, reply }: TraceCall): Markup {
  const content = [
    body === undefined ? undefined : ['Sent', body],
    reply === undefined ? undefined : ['Reply', reply],
  ]
  const rows = content.flatMap((pair) => (pair === undefined ? [] : [pair]))
  return html`<div class="call"><p><b>${method}</b> ${url} → ${answer}</p>${rows.map(([name, value]) => html`<p class="content">${String(name)}: <code>${JSON.stringify(value)}</code></p>`)}</div>`
}
