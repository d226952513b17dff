import { expect, test } from 'vitest'
import { withSection } from './results-file.ts'

const costs = 'What the server costs'
const memory = 'Memory over a million steps'

test('an empty file gets the one section', () => {
  expect(withSection('', costs, 'a table')).toBe('# What the server costs\n\na table\n')
})

test('each command keeps what the other wrote, in the same order', () => {
  const first = withSection('', memory, 'flat')
  const both = withSection(first, costs, 'a table\n\n- a note')
  expect(both).toBe(
    '# What the server costs\n\na table\n\n- a note\n\n# Memory over a million steps\n\nflat\n',
  )
  expect(withSection(both, memory, 'flatter')).toBe(both.replace('flat', 'flatter'))
})

test('writing the same again changes nothing', () => {
  const file = withSection(withSection('', costs, 'a table'), memory, 'flat')
  expect(withSection(file, costs, 'a table')).toBe(file)
})
