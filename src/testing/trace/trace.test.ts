import { describe, expect, test } from 'vitest'
import { traceOf } from './fixtures/trace.ts'
import { filmOf } from './html/frames.ts'
import { tracePage } from './html/trace-page.ts'
import { readTrace, traceText, traceVersion } from './trace.ts'

const { format: _format, version: _version, ...content } = traceOf()
const text = traceText(content)

describe('a trace that can’t be read', () => {
  test.each([
    ['is broken', 'journey: Login', 'a.trace is not a trace, or only a part of one: it is not valid JSON'],
    ['is truncated', text.slice(0, -40), 'only a part of one'],
    ['is something else', '{"format":"har"}', 'a.trace is not a trace that `sidegate test` wrote'],
    ['is a list', '[]', 'is not a trace that'],
    [
      'is newer',
      text.replace(`"version":${traceVersion}`, '"version":99'),
      'a.trace has version 99 of the format, written by Sidegate "0.0.0". This one reads version 1: update Sidegate.',
    ],
    ['lacks a member', text.replace('"events":[],', ''), 'a.trace is not a valid trace: events: '],
    [
      'has a wrong value',
      text.replace('"request":1', '"request":"1"'),
      'a.trace is not a valid trace: runs.0.steps.0.request: ',
    ],
    ['is too large', ' '.repeat(33 * 1024 * 1024), 'a.trace is too large: traces have at most 32 MB.'],
  ])('%s gives a clear error', (_what, broken, expected) => {
    expect(() => readTrace(broken, 'a.trace')).toThrow(expected)
  })
})

test('reads what was written', () => {
  expect(readTrace(text, 'a.trace')).toEqual({ format: 'sidegate-trace', version: traceVersion, ...content })
})

const hostile = '</script><script>alert(1)</script><img src=x onerror=alert(1)>"\'&'

test('shows hostile texts as texts', () => {
  const { frozen, runs } = content
  const [step] = runs[0]?.steps ?? []
  if (step === undefined) throw new Error('the fixture has no node')
  const bad = {
    ...step,
    displayName: hostile,
    outcome: hostile,
    result: 'outcome' as const,
    reason: hostile,
    nodeType: hostile,
    journeys: [hostile],
    writes: [{ key: hostile, change: 'added' as const, after: hostile }],
    reads: [{ key: hostile, value: { [hostile]: hostile } }],
    log: [{ level: 'error' as const, message: hostile }],
    exception: {
      fault: 'runtime' as const,
      id: hostile,
      name: hostile,
      context: '',
      line: 1,
      message: hostile,
    },
  }
  const node = { nodeType: hostile, displayName: hostile, connections: { [hostile]: hostile }, x: 1, y: 1 }
  const [journey] = frozen.journeys
  if (journey === undefined) throw new Error('the fixture has no journey')
  const page = tracePage(
    traceOf({
      walk: { file: hostile, line: 1, about: hostile, it: hostile, source: [{ line: 1, text: hostile }] },
      frozen: {
        revisions: [{ journey: hostile, id: hostile }],
        journeys: [{ ...journey, _id: hostile, entryNodeId: hostile, nodes: { [hostile]: node } }],
        nodes: [{ id: hostile, type: hostile, version: '1.0', config: { [hostile]: hostile } }],
        scripts: {
          [hostile]: { id: hostile, name: hostile, context: '', evaluatorVersion: '2.0', source: hostile },
        },
        customNodeTypes: [],
      },
      runs: [{ party: hostile, journey: hostile, steps: [{ ...bad, nodeId: hostile }] }],
      events: [
        {
          kind: 'answer',
          party: hostile,
          at: 9e15,
          about: hostile,
          sent: [{ name: hostile, value: hostile }],
          shown: { kind: 'page', title: hostile, callbacks: [{ type: hostile, texts: [hostile] }] },
          mails: [{ from: hostile, to: [hostile], subject: hostile }],
          calls: [
            { method: hostile, url: hostile, body: hostile, answer: hostile, reply: { [hostile]: hostile } },
          ],
        },
      ],
      differences: [{ subject: hostile, expected: hostile, got: hostile, more: [hostile], event: 0 }],
    }),
  )
  expect(page).toContain('&#60;/script&#62;')
  expect(page).not.toContain('<img')
  expect(page).not.toContain('onerror=alert(1)>')
  expect(page.match(/<script/g)).toHaveLength(1)
})

test('draws a journey whose members are missing or point nowhere', () => {
  const { frozen } = content
  const page = (changes: Partial<typeof frozen>) => tracePage(traceOf({ frozen: { ...frozen, ...changes } }))
  expect(page({ journeys: [] })).toContain('Node name: shows a page')
  expect(page({ nodes: [], scripts: {} })).toContain('class="node covered"')
  const nowhere = frozen.journeys.map((journey) => ({ ...journey, entryNodeId: 'nowhere' }))
  expect(page({ journeys: nowhere })).toContain('Node name: shows a page')
})

test('puts the nodes of two parties in one order of time', () => {
  const [step] = content.runs[0]?.steps ?? []
  if (step === undefined) throw new Error('the fixture has no node')
  const node = (name: string, request: number) => ({ ...step, displayName: name, request })
  const event = { kind: 'answer' as const, at: 0, about: '', sent: [], mails: [], calls: [] }
  const film = filmOf(
    traceOf({
      runs: [
        { party: 'agent', steps: [node('first', 1), node('third', 2)] },
        { party: 'caller', steps: [node('second', 1), node('lost', 7)] },
      ],
      events: [
        { ...event, party: 'agent', run: 0, request: 1 },
        { ...event, party: 'caller', run: 1, request: 1 },
        { ...event, party: 'agent', run: 0, request: 2 },
      ],
    }),
  )
  expect(film.frames.map((frame) => [frame.step.displayName, frame.lane])).toEqual([
    ['first', 0],
    ['second', 1],
    ['third', 0],
    ['lost', 1],
  ])
})
