import { expect, test } from 'vitest'
import * as z from 'zod/mini'
import { auditSearch, filterOf, toIsoTime, toLocalInput } from './filter.ts'

test('converts local times to ISO and back', () => {
  for (const local of ['2026-03-29T01:59', '2026-03-29T03:00', '2026-10-08T14:02']) {
    expect(toLocalInput(toIsoTime(local))).toBe(local)
  }
})

test.each([undefined, '', 'yesterday', '2026-99-99'])('ignores the invalid time %s', (text) => {
  expect(toLocalInput(text)).toBe('')
  expect(toIsoTime(text ?? '')).toBeUndefined()
})

test('asks for all realms only in the root realm', () => {
  expect(filterOf({ all: true }, '/')).toMatchObject({ allRealms: true })
  expect(filterOf({ all: true }, '/alpha')).not.toHaveProperty('allRealms')
})

test('reads the valid parts of a hand-written URL', () => {
  const given = { ticket: 48213, text: true, who: ['x'], all: 'maybe', entry: 7, from: null }
  expect(z.parse(auditSearch, given)).toEqual({ ticket: '48213', text: 'true', entry: 7 })
})

test.each(['event', 'result', 'who', 'whom', 'ticket', 'transaction', 'from', 'to', 'text'])(
  'asks the server for entries by %s',
  (name) => {
    expect(filterOf({ [name]: 'x' }, '/alpha')).toEqual({ [name]: 'x' })
  },
)
