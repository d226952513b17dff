import { expect, test } from 'vitest'
import { auditEventNames } from '../../src/audit/audit-trail.ts'
import { eventChoices, eventLabel } from '../../web/console/audit/labels.ts'

test('the console has a unique label for every event', () => {
  expect(eventChoices.map(({ value }) => value).toSorted()).toEqual([...auditEventNames].toSorted())
  const labels = auditEventNames.map(eventLabel)
  expect(new Set(labels).size).toBe(labels.length)
  for (const label of labels) expect(label).toMatch(/^[A-Z][a-z]/)
})

test('the console shows the name of an unknown event', () => {
  expect(eventLabel('SIDEGATE-LATER')).toBe('SIDEGATE-LATER')
})
