import { expect, test } from 'vitest'
import { markersIn } from './marker.ts'
import { mutantsOf } from './mutants.ts'

/** The code with each mutant, without the marker. */
function mutated(code: string): string[] {
  const marker = '// rule S01: otherwise it fails\n'
  const text = code.includes('MARKER') ? code.replace('MARKER', `\n${marker}`) : marker + code
  return markersIn('x.ts', text).flatMap((each) =>
    mutantsOf(each).map(({ start, end, text: instead }) =>
      (text.slice(0, start) + instead + text.slice(end)).replace(marker, '').replaceAll(/\s+/g, ' ').trim(),
    ),
  )
}

test.each([
  ['if (a && b) throw error', ['if (false) throw error']],
  ['if (a || b) throw error', ['if (b) throw error', 'if (a) throw error']],
  ['if (a) f(b)', ['if (false) f(b)']],
  ['if (a === undefined || b) throw error', ['if (a === undefined) throw error']],
  ['const a = b ?? null', ['const a = null']],
  ['const a = b === undefined ? null : masked(b)', ['const a = b === undefined ? null : b']],
  ['if (a === b) return 1', ['if (false) return 1', 'if (true) return 1']],
  ['if (a && b) return 1', ['if (false) return 1', 'if (b) return 1', 'if (a) return 1']],
  ['await f(a)', [';']],
  ['const a = b === c', ['const a = true', 'const a = false']],
  ['const a = await f(b)', ['const a = undefined']],
  ['const a = b ? c : d', ['const a = c', 'const a = d']],
  ['const a = masked(b)', ['const a = b']],
  ['const most = 3', ['const most = (1000 * 3)']],
  ['const a = names.filter((name) => name !== b)', ['const a = names']],
  [
    'const a = names.filter((name) => name && b)',
    ['const a = names.filter((name) => b)', 'const a = names.filter((name) => name)'],
  ],
  ['const a = turn.slow(() => f(b))', ['const a = (() => f(b))()']],
  ['const a = { b, MARKERredirect: c }', ['const a = { b, }']],
  ["const a = { MARKERaccess: 'journeys' }", ["const a = { access: 'everyone' }"]],
  ['const a = { MARKERmax: most }', ['const a = { max: 1e9 }']],
  ['const a = [b,\nMARKERc]', ['const a = [b, ]']],
  ["db.a()\nMARKER.where('b', '=', c)\n.d()", ['db.a() .d()']],
  ['const a = b &&\nMARKERc', ['const a = b']],
  ['const a = /b|(c|d)/', ['const a = /b|(d)/', 'const a = /b|(c)/', 'const a = /(c|d)/', 'const a = /b/']],
])('%s', (code, expected) => {
  expect(mutated(code)).toEqual(expected)
})

test('a marker without code is refused', () => {
  expect(() => markersIn('x.ts', '// rule S01: otherwise it fails\n')).toThrow('no code follows')
})
