import { expect, test } from 'vitest'
import { locatedYaml } from './yaml-file.ts'

test('aliases that grow are a problem of the file', () => {
  const lists = ['a: &a [x, x, x, x, x, x, x, x, x]']
  for (const [before, name] of ['ab', 'bc', 'cd', 'de', 'ef', 'fg']) {
    lists.push(`${name}: &${name} [${Array.from({ length: 9 }, () => `*${before}`)}]`)
  }
  expect(locatedYaml('walk.yaml', lists.join('\n'))).toEqual([
    { file: 'walk.yaml', line: 1, message: expect.stringContaining('alias') },
  ])
})
