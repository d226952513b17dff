import { expect, test } from 'vitest'
import { createSystemEnv } from './system-env.ts'

test('reads environment variables with the prefix, and no others', () => {
  const env = createSystemEnv({ ESV_MY_NAME: 'v', PATH: '/bin', 'esv.direct': 'd' })
  expect(
    ['esv.my.name', 'esv-my-name', 'esv.direct', 'esv.none', 'PATH', 'esv', '__proto__'].map(env),
  ).toEqual(['v', 'v', 'd', null, null, null, null])
})

test.each(['esv.scripted.node.api', 'esv-scripted-node-api', 'esv.SCRIPTED.Node.api', 'esv.directory.bind'])(
  'does not read %s, which is reserved for a secret',
  (name) => {
    const secret = { ESV_SCRIPTED_NODE_API: 'k3y', ESV_DIRECTORY_BIND: 'pass', [name]: 'k3y' }
    expect(createSystemEnv(secret)(name)).toBeNull()
  },
)
