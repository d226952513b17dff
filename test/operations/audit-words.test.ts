import { expect, test } from 'vitest'
import { auditEventNames } from '../../src/audit/audit-trail.ts'
import { eventChoices, eventWord } from '../../web/console/audit/labels.ts'

test('the console has plain words for every event, each its own, and for no other', () => {
  expect(eventChoices.map(({ value }) => value).toSorted()).toEqual([...auditEventNames].toSorted())
  const words = auditEventNames.map(eventWord)
  expect(new Set(words).size).toBe(words.length)
  for (const word of words) expect(word).toMatch(/^[A-Z][a-z]/)
})

test('an event that came later is called by its name', () => {
  expect(eventWord('SIDEGATE-LATER')).toBe('SIDEGATE-LATER')
})
