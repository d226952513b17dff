import { join } from 'node:path'
import { expect, test } from 'vitest'
import { lintCommand } from '../../src/cli/lint.ts'
import { projectOf } from '../support/project-folder.ts'
import { exportOf } from '../support/walk-project.ts'

/** The node Ask has an unconnected outcome, which is a warning. The node Gone has an unknown type, which is an error. */
const journey = exportOf('Main', {
  Ask: {
    type: 'ChoiceCollectorNode',
    config: { choices: ['yes', 'no'], defaultChoice: 'yes' },
    to: { yes: 'Gone' },
  },
  Gone: { type: 'NoSuchNode', to: { outcome: 'success' } },
})

async function linted(allow: string) {
  const folder = projectOf({
    'config/Main.json': journey,
    'sidegate.yaml': `configuration: config\nlint:\n  allow:\n${allow}`,
  })
  const printed: string[] = []
  const terminal = { print: (text: string) => void printed.push(text), warn() {}, environment: {} }
  await lintCommand([folder], terminal)
  return printed.join('\n')
}

test('leaves out findings that the project allows, and says how many', async () => {
  const text = await linted(
    '    - { rule: unconnected-outcome, journey: Main, node: Ask, outcome: no, why: Nobody says no. }\n',
  )
  expect(text).not.toContain('unconnected-outcome')
  expect(text).toContain('1 finding is allowed in sidegate.yaml.')
})

test('allows nothing of another node, outcome or journey, and reports the allowance with its line', async () => {
  const text = await linted(`    - { rule: unconnected-outcome, journey: Main, node: Gone, why: w }
    - { rule: unconnected-outcome, journey: Main, node: Ask, outcome: yes, why: w }
    - { rule: unconnected-outcome, journey: Other, why: w }
    - { rule: unconected-outcome, journey: Main, why: w }
`)
  expect(text).toContain(`warning unconnected-outcome: Outcome 'no'`)
  expect(text).toContain(
    'sidegate.yaml:4: warning unused-allowance: The allowance of unconnected-outcome, Main, Gone has no use',
  )
  expect(text).toContain('sidegate.yaml:5: warning unused-allowance')
  expect(text).toContain('sidegate.yaml:6: warning unused-allowance')
  expect(text).toContain(`rule 'unconected-outcome' is unknown. Did you mean 'unconnected-outcome'?`)
})

test('allows no error', async () => {
  const text = await linted('    - { rule: unknown-node-type, journey: Main, why: It will exist. }\n')
  expect(text).toContain('error unknown-node-type')
  expect(text).toContain('an error cannot be allowed')
})

test('needs a reason', async () => {
  await expect(linted('    - { rule: unconnected-outcome, journey: Main }\n')).rejects.toThrow('why')
  await expect(linted('    - { rule: unconnected-outcome, journey: Main, why: " " }\n')).rejects.toThrow(
    'must say why the finding is intended',
  )
})

test('finds nothing in the samples', async () => {
  const printed: string[] = []
  const terminal = { print: (text: string) => void printed.push(text), warn() {}, environment: {} }
  expect(await lintCommand([join(import.meta.dirname, '../../samples')], terminal)).toBe(true)
  expect(printed).toEqual(['No findings.'])
})
