import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { coverageReport } from '../coverage-report.ts'
import { configurationOf, entering, oneOutcome, twoOutcomes, visitsOf } from '../fixtures/configuration.ts'
import { coveredScript } from '../fixtures/covered-script.ts'
import { OutcomeCounter } from '../outcome-counter.ts'
import { coveragePages, writeCoverageHtml } from './coverage-html.ts'
import { html, Markup } from './markup.ts'

const evil = '<img src=x onerror=alert(1)>"\''

const risk = {
  type: 'ScriptedDecisionNode',
  to: { low: 'success', [evil]: 'failure' },
  config: { script: 'risk', outcomes: ['low', evil], inputs: ['*'], outputs: ['*'] },
}

const configuration = configurationOf(
  {
    Login: {
      name: { type: oneOutcome, to: { outcome: 'risk' }, at: [160, 96] },
      risk: { ...risk, at: [440, 200] },
      lost: { type: twoOutcomes, to: { true: 'success' }, at: [720, 96] },
    },
    [evil]: {
      enter: entering('Login', { true: 'check', false: 'failure' }),
      check: { type: twoOutcomes, to: { true: 'success', false: 'failure' } },
    },
  },
  { risk: { source: `if (scores.low)\n  outcome = 'low'\nelse outcome = '${evil}'`, name: evil } },
)

function pagesOf(...walk: string[]): Map<string, string> {
  const counter = new OutcomeCounter(configuration)
  counter.add(visitsOf(...walk))
  const scripts = [coveredScript('risk', { 1: 2, 2: 2, 3: 0 }, { 1: [2, 0] }, { name: evil })]
  return coveragePages(coverageReport(configuration, counter.report(), scripts), configuration)
}

function pageNamed(pages: Map<string, string>, start: string): string {
  const [, text] = [...pages].find(([name]) => name.startsWith(start)) ?? []
  if (text === undefined) throw new Error(`no page ${start}`)
  return text
}

const walk = ['Login/name → outcome', 'Login/risk → low']

test('links only to files of the report and to places in them', () => {
  const pages = pagesOf(...walk)
  for (const [name, text] of pages) {
    for (const [, href = ''] of text.matchAll(/href="([^"]*)"/g)) {
      const [file = '', place] = href.split('#')
      const target = file === '' ? text : pages.get(file)
      expect({ name, href, isThere: target !== undefined }).toEqual({ name, href, isThere: true })
      if (place !== undefined) expect(target).toContain(`id="${place}"`)
    }
  }
})

test('loads nothing from elsewhere, and runs no script', () => {
  for (const [name, text] of pagesOf(...walk)) {
    expect(text, name).not.toMatch(/https?:|url\(|@import|<script|<img/)
  }
})

test('escapes names of journeys, nodes, outcomes and sources', () => {
  for (const [name, text] of pagesOf(...walk)) {
    expect(text, name).not.toContain('<img')
    expect(name).toMatch(/^[A-Za-z0-9.-]+$/)
  }
})

test('colours what walks took', () => {
  const page = pageNamed(pagesOf(...walk), 'journey-1')
  expect(page).toContain('<g class="node covered" id="node-name" data-node="name">')
  expect(page).toContain('<g class="node unreachable" id="node-lost" data-node="lost">')
  expect(page.match(/class="lane covered"/g)).toHaveLength(3)
  expect(page.match(/class="outcome covered"/g)).toHaveLength(2)
  expect(page).toContain('<g class="end success covered">')
  expect(page).toContain('<g class="end failure uncovered">')
})

test('colours nothing without walks', () => {
  const page = pageNamed(pagesOf(), 'journey-1')
  expect(page).not.toMatch(/class="(lane|node|outcome) covered/)
})

test('draws nodes at their stored coordinates', () => {
  const page = pageNamed(pagesOf(), 'journey-1')
  expect(page).toContain('<rect class="box" x="440" y="200"')
})

test('lays out a journey without coordinates', () => {
  const page = pageNamed(pagesOf(), 'journey-2')
  expect(page).not.toContain('<rect class="box" x="0" y="0"')
})

test('leads from a node to its script and to its inner journey', () => {
  const pages = pagesOf()
  expect(pageNamed(pages, 'journey-1')).toMatch(/<a href="script-1-[^"]*" aria-label="Node risk/)
  expect(pageNamed(pages, 'journey-2')).toContain('<a href="journey-1-Login.html" aria-label="Node enter')
})

test('shows the runs of each line of a script', () => {
  const page = pageNamed(pagesOf(), 'script-1')
  expect(page).toMatch(/<tr class="partly" id="line-1">.*<td class="runs">2.*<td class="ways">1\/2/)
  expect(page).toMatch(/<tr class="hit" id="line-2">/)
  expect(page).toMatch(/<tr class="missed" id="line-3">/)
})

test('gives journeys whose names differ only in case files of their own', () => {
  const names = [...pagesOf().keys()].map((name) => name.toLowerCase())
  expect(new Set(names).size).toBe(names.length)
})

test('writes a folder with a stylesheet', () => {
  const folder = mkdtempSync(join(tmpdir(), 'coverage-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const report = coverageReport(configuration, new OutcomeCounter(configuration).report(), [])
  writeCoverageHtml(join(folder, 'new', 'report'), report, configuration)
  const files = readdirSync(join(folder, 'new', 'report'))
  expect(files).toEqual(expect.arrayContaining(['index.html', 'report.css', 'journey-1-Login.html']))
})

test('escapes every value of a template, unless it is markup', () => {
  expect(html`<b title="${'"'}">${['<', new Markup('<i>')]}${undefined}${0}</b>`.text).toBe(
    '<b title="&#34;">&#60;<i>0</b>',
  )
})
