import { expect, test } from 'vitest'
import { catalogue, nodeTypeNamed } from '../../src/nodes/catalogue.ts'
import { standInIds } from '../../src/nodes/stand-ins/stand-in-types.ts'
import { am81Types, cloudTypes, countsOf, leftOut } from './vendor-types.ts'

const native = new Set(catalogue.map(({ type }) => type))
const counts = countsOf(am81Types, native, new Set(standInIds))

test('every node type of PingAM 8.1 and Advanced Identity Cloud runs, has a stand-in, or is left out with a reason', () => {
  expect(new Set(am81Types).size).toBe(140)
  const unaccounted = [...am81Types, ...cloudTypes].filter(
    (type) => nodeTypeNamed(type) === undefined && leftOut[type] === undefined,
  )
  expect(unaccounted).toEqual([])
})

test(`${counts.native} of 140 types of PingAM 8.1 run by themselves, ${counts.standIns} have a stand-in, ${counts.leftOut} are left out`, () => {
  expect(counts.native + counts.standIns + counts.leftOut).toBe(140)
  expect(counts.native).toBeGreaterThanOrEqual(108)
})

test('no type is both built in and a stand-in', () => {
  expect(standInIds.filter((type) => native.has(type))).toEqual([])
  expect(new Set(standInIds).size).toBe(standInIds.length)
})
