import { expect, test } from 'vitest'
import { complaints, type SampleRealm } from '../../../../test/support/lint-realm.ts'

const realm = (
  config: SampleRealm['journeys'][string]['nodes'][string]['config'],
  esvs?: SampleRealm['esvs'],
) => ({
  journeys: {
    Main: {
      nodes: {
        page: {
          type: 'PageNode',
          children: { wait: { type: 'PollingWaitNode', ...(config === undefined ? {} : { config }) } },
        },
      },
    },
  },
  ...(esvs === undefined ? {} : { esvs }),
})

test('a placeholder of a variable that is not set is an error, if variables are known', () => {
  const config = { secondsToWait: '&{esv.wait}', waitingMessage: { en: '&{esv.text|none}' } }
  expect(complaints('missing-esv', realm(config))).toEqual([])
  expect(complaints('missing-esv', realm(config, { 'esv.wait': ['8', 'int'] }))).toEqual([])
  const found = { nodeId: 'wait', setting: 'secondsToWait', severity: 'error' }
  const message = "Setting 'secondsToWait' of 'Node wait' needs esv.wait, which is not set."
  expect(complaints('missing-esv', realm(config, {}))).toEqual([
    expect.objectContaining({ ...found, message }),
  ])
})

test.each<[string, [string, ('int' | 'bool' | 'string')?], string]>([
  ['a text for a number', ['w0rd'], 'expected number'],
  ['a value of another type than its own', ['w0rd', 'int'], 'esv.wait must be a whole number'],
  ['a variable that refers to itself', ['&{esv.wait}', 'string'], 'refers to itself'],
])('reports %s without the value', (_, esv, reason) => {
  const found = complaints('esv-type', realm({ secondsToWait: '&{esv.wait}' }, { 'esv.wait': esv }))
  expect(found).toMatchObject([{ nodeId: 'wait', setting: 'secondsToWait' }])
  expect(found[0]?.message).toContain(reason)
  expect(JSON.stringify(found)).not.toContain('w0rd')
})

test('each setting is checked once, however many placeholders it has', () => {
  const text = '&{esv.text|none}'.repeat(1000)
  const lines = Object.fromEntries(Array.from({ length: 1000 }, (_, line) => [`line${line}`, '&{a|b}']))
  const few = { secondsToWait: '&{a|w0rd}&{a|w0rd}&{b|}', waitingMessage: { en: '&{esv.text}&{esv.text}' } }
  expect(complaints('esv-type', realm({ waitingMessage: { en: text } }, {}))).toEqual([])
  expect(complaints('esv-type', realm(lines, {}))).toEqual([])
  expect(complaints('esv-type', realm(few, {}))).toMatchObject([{ message: expect.stringContaining('a, b') }])
  expect(complaints('missing-esv', realm(few, {}))).toHaveLength(1)
})

test('a node with more placeholders than can be resolved has one finding', () => {
  const many = realm(
    { a: '&{esv.a}'.repeat(4000), b: '&{esv.b}', waitingMessage: { en: '&{c|}' } },
    { 'esv.a': [''] },
  )
  expect(complaints('esv-type', many)).toMatchObject([
    { setting: 'a', message: expect.stringContaining('at most 1000 placeholders') },
  ])
  const names = Array.from({ length: 1001 }, (_, each) => `&{esv.${each}}`).join('')
  expect(complaints('missing-esv', realm({ a: names }, {}))).toEqual([])
  expect(
    complaints('esv-type', realm({ a: '&{esv.a}'.repeat(20) }, { 'esv.a': ['x'.repeat(60_000)] })),
  ).toMatchObject([{ setting: 'a', message: expect.stringContaining('too long') }])
})

test('a journey whose values are too long together is not checked to its end', () => {
  const texts = '&{esv.a}'.repeat(17)
  const nodes = Object.fromEntries(
    Array.from({ length: 30 }, (_, each) => [
      `node${each}`,
      { type: 'PollingWaitNode', config: { note: texts }, to: { DONE: `node${each + 1}` } },
    ]),
  )
  const long = { journeys: { Main: { nodes } }, esvs: { 'esv.a': ['x'.repeat(60_000)] as [string] } }
  expect(complaints('esv-type', long)).toMatchObject([
    { nodeId: 'node8', message: expect.stringContaining('too long to check') },
  ])
})

test('accepts values that fit, and settings with placeholders are valid', () => {
  const good = realm({ secondsToWait: '&{esv.wait}' }, { 'esv.wait': ['8'] })
  for (const rule of ['esv-type', 'missing-esv', 'invalid-settings'])
    expect(complaints(rule, good)).toEqual([])
})
