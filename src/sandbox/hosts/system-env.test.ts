import { expect, test } from 'vitest'
import type { EsvLookup } from '../../engine/placeholders.ts'
import { systemEnv } from './system-env.ts'

const stored: Record<string, string> = {
  'esv.my.name': 'v',
  'esv-my-name': 'v',
  'esv.host': '&{esv.my.name}.example.com',
  'esv.loop': '&{esv.loop}',
  PATH: '/bin',
}
const lookup: EsvLookup = (name) => {
  const text = Object.hasOwn(stored, name) ? stored[name] : undefined
  return text === undefined ? undefined : { text, type: 'string', isVariable: true }
}

test('reads variables with the prefix, and no others', () => {
  const names = ['esv.my.name', 'esv-my-name', 'esv.host', 'esv.none', 'PATH', 'esv', '__proto__']
  expect(names.map(systemEnv(lookup))).toEqual(['v', 'v', 'v.example.com', null, null, null, null])
})

test('names a variable that refers to itself', () => {
  expect(() => systemEnv(lookup)('esv.loop')).toThrow('esv.loop refers to itself: esv.loop → esv.loop')
})
