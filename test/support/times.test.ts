import { expect, it } from 'vitest'
import { recordable, slowerThan } from './times.ts'

const seconds = { a: 20, b: 40, c: 30, quick: 1 }
const recorded = recordable(seconds)
const onHalfTheSpeed = { a: 40, b: 80, c: 60, quick: 2 }

it('short files are recorded in the sum only', () => {
  expect(recorded).toEqual({ sum: 91, files: { a: 20, b: 40, c: 30 } })
})

it('a slow machine is not a slow suite', () => {
  expect(slowerThan(recorded, onHalfTheSpeed)).toEqual([])
})

it('a file that takes several times as long is named', () => {
  expect(slowerThan(recorded, { ...onHalfTheSpeed, a: 150 })).toEqual([
    'a: 75 s instead of 20 s',
    'all files: 146 s instead of 91 s',
  ])
})

it('a new slow file is named', () => {
  expect(slowerThan({ ...recorded, sum: 200 }, { ...onHalfTheSpeed, new: 60 })).toEqual([
    'new: 30 s instead of 5 s',
  ])
})

it('many new files that take long together are noticed', () => {
  const many = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`new ${index}`, 8]))
  expect(slowerThan(recorded, { ...onHalfTheSpeed, ...many })).toEqual(['all files: 171 s instead of 91 s'])
})

it('a run of a few files is not compared', () => {
  expect(slowerThan(recorded, { a: 500 })).toEqual([])
})
