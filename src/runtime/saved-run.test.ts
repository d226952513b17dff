import { expect, test } from 'vitest'
import { beginJourney } from '../engine/journey-session.ts'
import { readAnswer, readRun, type SavedRun, writeRun } from './saved-run.ts'

const run: SavedRun = {
  revision: 'r1',
  session: beginJourney({ name: 'Login', entryNodeId: 'one' }, { realm: '/alpha' }),
  noSession: false,
  visits: 2,
  trace: '{"nodeId":"one"}\n{"nodeId":"two"}\n',
}

const answer = { status: 200, body: { authId: 'a line\nfeed' } }

test('reads what it wrote', () => {
  const text = writeRun(run, answer)
  expect(readRun(text)).toEqual(run)
  expect(readAnswer(text)).toEqual(answer)
})

test('has no response before the first answer', () => {
  const text = writeRun({ ...run, trace: '' }, undefined)
  expect(readRun(text)).toEqual({ ...run, trace: '' })
  expect(readAnswer(text)).toBeUndefined()
})

test('reads journeys that version 0.1 saved, with and without a trace', () => {
  const { trace, ...others } = run
  const line = JSON.stringify({ v: 1, ...others })
  expect(readRun(`${line}\n${trace}`)).toEqual(run)
  expect(readRun(line)).toEqual({ ...run, trace: '' })
  expect(readAnswer(`${line}\n${trace}`)).toBeUndefined()
})

test.each(['', '{}', '{"v":2}', 'v3\n{}\n\n', 'v2\n{'])('does not read %j', (text) => {
  expect(() => readRun(text)).toThrow()
})
