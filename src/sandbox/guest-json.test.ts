import { expect, test } from 'vitest'
import { parseGuestJson } from './guest-json.ts'
import { ScriptError } from './script-engine.ts'

const lists = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)
const objects = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`

test.each([lists(100), objects(100), '1', 'null', '{"a":[{"b":null}]}'])('reads %j', (text) => {
  expect(parseGuestJson(text, 'The result')).toEqual(JSON.parse(text))
})

test.each([lists(101), objects(101), lists(50_000), `[1,{"a":${lists(200)}}]`])(
  'refuses values that are nested too deeply',
  (text) => {
    const parse = () => parseGuestJson(text, 'The result')
    expect(parse).toThrow(ScriptError)
    expect(parse).toThrow('The result is nested deeper than 100 levels')
  },
)
