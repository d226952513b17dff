import { type Measure, measures } from '../coverage-report.ts'
import { type Count, percentOf } from '../outcome-report.ts'
import { html, type Markup } from './markup.ts'

/** A whole page. @param up the link to the overview, absent on the overview itself. */
export function page(title: string, body: Markup, up?: { href: string; title: string }): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · Coverage</title>
<link rel="stylesheet" href="report.css">
</head>
<body>
<header class="bar">${up === undefined ? html`<span class="product">Coverage</span>` : html`<a href="${up.href}">← ${up.title}</a>`}</header>
<main>
<h1>${title}</h1>
${body}
</main>
</body>
</html>
`.text
}

/** A cell of a table: a bar, the share and the numbers. */
export function countCell(count: Count): Markup {
  const percent = percentOf(count)
  if (percent === undefined) return html`<td class="count none">–</td>`
  return html`<td class="count"><span class="numbers">${count.covered}/${count.total}</span> <b>${percent} %</b>${bar(percent)}</td>`
}

const names: Readonly<Record<Measure, string>> = {
  outcomes: 'Outcomes',
  connections: 'Connections',
  ends: 'Ends',
  innerJourneys: 'Inner journeys',
  lines: 'Script lines',
  statements: 'Script statements',
  branches: 'Script branches',
}

/** The measures that have something to cover. */
export function figures(totals: Readonly<Partial<Record<Measure, Count>>>): Markup {
  const shown = measures.flatMap((measure) => {
    const count = totals[measure]
    return count === undefined || count.total === 0 ? [] : figure(names[measure], count)
  })
  return html`<dl class="figures">${shown}</dl>`
}

/** A large number with its name. */
function figure(name: string, count: Count): Markup {
  const percent = percentOf(count)
  return html`<div class="figure"><dt>${name}</dt><dd><b>${percent === undefined ? '–' : `${percent} %`}</b> <span>${count.covered} of ${count.total}</span>${bar(percent ?? 0)}</dd></div>`
}

function bar(percent: number): Markup {
  const state = percent === 100 ? 'full' : percent === 0 ? 'empty' : 'part'
  return html`<span class="meter ${state}"><span style="inline-size:${percent}%"></span></span>`
}

/** A list of links that is folded after its first entries. */
export function foldedList(entries: readonly Markup[], most: number): Markup {
  const rest = entries.slice(most)
  return html`<ul class="plain">${entries.slice(0, most).map((entry) => html`<li>${entry}</li>`)}</ul>${
    rest.length === 0
      ? undefined
      : html`<details><summary>${rest.length} more</summary><ul class="plain">${rest.map((entry) => html`<li>${entry}</li>`)}</ul></details>`
  }`
}
