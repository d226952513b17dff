import { expect, test } from 'vitest'
import { labelsForNodes, secretLabels } from './secret-labels.ts'

const named = secretLabels({
  ESV_MY_KEY: 'k3y',
  ESV_EMPTY: '',
  ESV_DIRECTORY_BIND: 'pass',
  ESV_SCRIPTED_NODE_KEY: 'script',
  PATH: '/bin',
})

test.each(['my.key', 'my-key', 'MY.key'])('%s reads its environment variable', (label) => {
  expect(named(label)).toBe('k3y')
  expect(labelsForNodes(named)(label)).toBe('k3y')
})

test.each(['empty', 'none', '__proto__', ''])('%j is not set', (label) => {
  expect(named(label)).toBeUndefined()
})

test.each(['directory.bind', 'Directory-bind', 'directory_bind'])('nodes cannot read %s', (label) => {
  expect(named(label)).toBe('pass')
  expect(labelsForNodes(named)(label)).toBeUndefined()
})

test.each(['scripted.node.key', 'Scripted-Node_key'])('nodes cannot read the script secret %s', (label) => {
  expect(labelsForNodes(named)(label)).toBeUndefined()
})

// The upper case of U+0131 (dotless i) is I, and that of U+017F (long s) is S.
test.each(['d\u0131rectory.bind', '\u017fcripted.node.key', 'my.key\n', 'my key', 'my.k\u00e9y'])(
  'rejects the label %j even if its upper case is valid',
  (label) => {
    expect(named(label)).toBeUndefined()
    expect(labelsForNodes(named)(label)).toBeUndefined()
  },
)

test('labels for nodes are filtered by variable even when the reader accepts any text', () => {
  const careless = (label: string) => (label.toUpperCase() === 'DIRECTORY.BIND' ? 'pass' : undefined)
  expect(labelsForNodes(careless)('d\u0131rectory.bind')).toBeUndefined()
})
