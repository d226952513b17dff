import { expect, test } from 'vitest'
import { createSystemEnv } from './system-env.ts'

test('names with the prefix are environment variables, others are unknown', () => {
  const env = createSystemEnv({ ESV_MY_NAME: 'v', PATH: '/bin', 'esv.direct': 'd' })
  expect(
    ['esv.my.name', 'esv-my-name', 'esv.direct', 'esv.none', 'PATH', 'esv', '__proto__'].map(env),
  ).toEqual(['v', 'v', 'd', null, null, null, null])
})
