import { expect, test } from 'vitest'
import { startId } from '../../engine/journey.ts'
import type { Version } from '../history/version-store.ts'
import type { ConnectionSum } from './count-store.ts'
import { summaryOf } from './summary.ts'

const sum = (change: Partial<ConnectionSum>): ConnectionSum => ({
  revision: 'r1',
  nodeId: 'check',
  outcome: 'true',
  isError: false,
  durationClass: 4,
  count: 1,
  firstAt: 100,
  ...change,
})

const version = (number: number, at: number): Version => ({
  realm: '/alpha',
  kind: 'journey',
  id: 'Login',
  number,
  name: 'Login',
  at,
  by: undefined,
  note: undefined,
  cause: 'save',
  isDeletion: false,
})

const start = { nodeId: startId, outcome: '', durationClass: -1 }

test('adds up all revisions of a connection, and keeps errors apart', () => {
  const { connections, errors } = summaryOf(
    [
      sum({ count: 2 }),
      sum({ revision: 'r2', count: 3 }),
      sum({ outcome: 'false' }),
      sum({ isError: true, outcome: '', count: 4 }),
    ],
    [],
    undefined,
  )
  expect(connections).toEqual([
    { nodeId: 'check', outcome: 'true', count: 5, medianMs: expect.any(Number) },
    { nodeId: 'check', outcome: 'false', count: 1, medianMs: expect.any(Number) },
  ])
  expect(errors).toEqual([{ nodeId: 'check', count: 4 }])
})

test('an outcome called error is no error', () => {
  const { connections, errors } = summaryOf([sum({ outcome: 'error' })], [], undefined)
  expect([connections.length, errors]).toEqual([1, []])
})

test('counts a revision for the version that was the newest at its first use', () => {
  const versions = [version(9, 300), version(5, 50)]
  const sums = [
    sum({ firstAt: 100, count: 2 }),
    sum({ ...start, firstAt: 99, count: 6 }),
    sum({ revision: 'r2', firstAt: 300, count: 3 }),
    sum({ ...start, revision: 'r2', firstAt: 301, count: 1 }),
    sum({ ...start, revision: 'r0', firstAt: 20, count: 7 }),
  ]
  expect(summaryOf(sums, versions, undefined).versions).toEqual([
    { version: versions[0], starts: 1 },
    { version: versions[1], starts: 6 },
    { version: undefined, starts: 7 },
  ])
  const ofNumber = (number: number) =>
    summaryOf(sums, versions, number).connections.find(({ nodeId }) => nodeId === 'check')?.count
  expect([ofNumber(9), ofNumber(5), ofNumber(4)]).toEqual([3, 2, undefined])
})
