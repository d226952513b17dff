import { expect, test } from 'vitest'
import { withSection } from './results-file.ts'

const costs = 'Cost of the server'
const memory = 'Memory over a million steps'

test('adds the section to an empty file', () => {
  expect(withSection('', costs, 'a table')).toBe('# Cost of the server\n\na table\n')
})

test('keeps the other sections, in a fixed order', () => {
  const first = withSection('', memory, 'flat')
  const both = withSection(first, costs, 'a table\n\n- a note')
  expect(both).toBe('# Cost of the server\n\na table\n\n- a note\n\n# Memory over a million steps\n\nflat\n')
  expect(withSection(both, memory, 'flatter')).toBe(both.replace('flat', 'flatter'))
})

test('changes nothing if the section is the same', () => {
  const file = withSection(withSection('', costs, 'a table'), memory, 'flat')
  expect(withSection(file, costs, 'a table')).toBe(file)
})
