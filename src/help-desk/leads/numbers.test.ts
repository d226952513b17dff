import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { calendarOf } from './calendar.ts'
import { csvHead, csvLine, type ExportLine, exportColumns } from './export-line.ts'
import { percentile } from './numbers.ts'

describe('a percentile', () => {
  test('is a value that so many percent of the values don’t exceed, and no smaller one is', () => {
    const values = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 100 }), (unsorted, percent) => {
        const sorted = unsorted.toSorted((a, b) => a - b)
        const found = percentile(sorted, percent) ?? Number.NaN
        const notAbove = (limit: number) => sorted.filter((value) => value <= limit).length * 100
        expect(sorted).toContain(found)
        expect(notAbove(found)).toBeGreaterThanOrEqual(percent * sorted.length)
        expect(notAbove(found - 1)).toBeLessThan(percent * sorted.length)
      }),
    )
  })

  test('of nothing is null', () => {
    expect(percentile([], 50)).toBeNull()
  })
})

describe('a calendar', () => {
  test('follows daylight saving time, with no day and no hour missing', () => {
    const berlin = calendarOf('Europe/Berlin')
    const from = Date.UTC(2026, 2, 28, 23)
    expect(berlin?.daysBetween(from, from + 47 * 3_600_000)).toEqual(['2026-03-29', '2026-03-30'])
    expect(berlin?.daysBetween(from, from + 23 * 3_600_000)).toEqual(['2026-03-29'])
    expect(berlin?.hourOf(Date.UTC(2026, 2, 29, 1))).toBe('03')
    expect(berlin?.hourOf(Date.UTC(2026, 2, 28, 23))).toBe('00')
  })

  test('knows zones with quarters of an hour', () => {
    expect(calendarOf('Asia/Kathmandu')?.hourOf(Date.UTC(2026, 0, 1, 0, 15))).toBe('06')
    expect(calendarOf('Asia/Kathmandu')?.hourOf(Date.UTC(2026, 0, 1, 0, 14, 59))).toBe('05')
  })

  test.each(['', 'Nowhere', 'Europe/Berlin; drop'])('does not know the zone "%s"', (zone) => {
    expect(calendarOf(zone)).toBeUndefined()
  })
})

describe('a line of CSV', () => {
  const empty = Object.fromEntries(exportColumns.map((name) => [name, null])) as ExportLine
  const cell = (action: string | number) =>
    csvLine({ ...empty, action })
      .slice(2)
      .replace(/,+\r\n$/, '')

  test.each([
    ['plain', 'plain'],
    ['a, b', '"a, b"'],
    ['say "so"', '"say ""so"""'],
    ['two\r\nlines', '"two\r\nlines"'],
    [' padded ', '" padded "'],
    ['=1+1', "'=1+1"],
    ['+491', "'+491"],
    ['-2', "'-2"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['  =1+1', "'  =1+1"],
    ['\t=1', "'\t'=1"],
    ['\r=1', '"\'\r\'=1"'],
    ['INC-1;=1+1', "INC-1;'=1+1"],
    ['INC-1; =1+1', "INC-1;' =1+1"],
    ['INC-1;"=1+1"', '"INC-1;\'""=1+1"""'],
    ['INC-1\t@A1', "INC-1\t'@A1"],
    ['INC-1|+1', "INC-1|'+1"],
    ['INC-1\n-1', '"INC-1\n\'-1"'],
    ['INC-1;2-3', 'INC-1;2-3'],
    ['＝1+1', "'＝1+1"],
    ['"=1', '"""=1"'],
    [-1.5, '-1.5'],
  ])('writes %j as %j', (value, text) => {
    expect(cell(value)).toBe(text)
  })

  test('has as many cells as the header', () => {
    expect(csvHead).toBe(`\uFEFF${exportColumns.join(',')}\r\n`)
    expect(csvLine(empty)).toBe(`${','.repeat(exportColumns.length - 1)}\r\n`)
  })
})
