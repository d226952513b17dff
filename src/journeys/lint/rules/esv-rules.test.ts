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

test('accepts values that fit, and settings with placeholders are valid', () => {
  const good = realm({ secondsToWait: '&{esv.wait}' }, { 'esv.wait': ['8'] })
  for (const rule of ['esv-type', 'missing-esv', 'invalid-settings'])
    expect(complaints(rule, good)).toEqual([])
})
