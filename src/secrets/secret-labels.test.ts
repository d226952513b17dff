import { expect, test } from 'vitest'
import { labelsForNodes, secretLabels } from './secret-labels.ts'

const named = secretLabels({ ESV_MY_KEY: 'k3y', ESV_EMPTY: '', ESV_DIRECTORY_BIND: 'pass', PATH: '/bin' })

test.each(['my.key', 'my-key', 'MY.key'])('%s is the variable of its name', (label) => {
  expect(named(label)).toBe('k3y')
  expect(labelsForNodes(named)(label)).toBe('k3y')
})

test.each(['empty', 'none', '__proto__', ''])('%j is not set', (label) => {
  expect(named(label)).toBeUndefined()
})

test.each(['directory.bind', 'Directory-bind', 'directory_bind'])('%s is for no node', (label) => {
  expect(named(label)).toBe('pass')
  expect(labelsForNodes(named)(label)).toBeUndefined()
})
