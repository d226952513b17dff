import { expect, test } from 'vitest'
import { createSystemEnv } from './system-env.ts'

test('names with the prefix are environment variables, others are unknown', () => {
  const env = createSystemEnv({ ESV_MY_NAME: 'v', PATH: '/bin', 'esv.direct': 'd' })
  expect(
    ['esv.my.name', 'esv-my-name', 'esv.direct', 'esv.none', 'PATH', 'esv', '__proto__'].map(env),
  ).toEqual(['v', 'v', 'd', null, null, null, null])
})

test.each(['esv.scripted.node.api', 'esv-scripted-node-api', 'esv.SCRIPTED.Node.api', 'esv.directory.bind'])(
  '%s is a secret for somebody else, and unknown here',
  (name) => {
    const secret = { ESV_SCRIPTED_NODE_API: 'k3y', ESV_DIRECTORY_BIND: 'pass', [name]: 'k3y' }
    expect(createSystemEnv(secret)(name)).toBeNull()
  },
)
