import { expect, test } from 'vitest'
import { repliesIn } from './written-replies.ts'

const reply = '{ GET: "https://example.com/", reply: { json: {} } }'

test.each([reply, `[${reply}]`, `http: [${reply}]`])('reads %s', (yaml) => {
  expect(repliesIn(yaml)).toHaveLength(1)
})

const growing = [
  'a: &a [x, x, x, x, x, x, x, x, x]',
  ...[...'bcdefgh'].map((name, place) => {
    const before = 'abcdefgh'[place]
    return `${name}: &${name} [${Array.from({ length: 9 }, () => `*${before}`)}]`
  }),
].join('\n')

test.each([
  ['a mistake', 'GET: [', 'This is not YAML'],
  ['an unknown alias', '*gone', 'This is not YAML'],
  ['aliases that grow', growing, 'This is not YAML'],
  ['something else', 'GET: 1', 'This is no reply'],
])('refuses %s', (_, yaml, message) => {
  expect(() => repliesIn(yaml)).toThrow(message)
})
