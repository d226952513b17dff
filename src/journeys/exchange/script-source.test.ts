import { expect, test } from 'vitest'
import { maxSourceLength } from '../../engine/source-length.ts'
import { readSource } from './script-source.ts'

const source = '/* é */\noutcome = "ok"\n'
const files: Record<string, string> = { 'a/b.js': source, 'b.js': 'beside' }
const read = (value: Parameters<typeof readSource>[0]) => readSource(value, (path) => files[path])

test.each([
  ['plain text', source],
  ['a list of lines', source.split('\n')],
  ['a JSON text', JSON.stringify(source)],
  ['base64', Buffer.from(source).toString('base64')],
  [
    'base64 in lines',
    Buffer.from(source.repeat(9))
      .toString('base64')
      .replace(/(.{76})/g, '$1\r\n'),
    source.repeat(9),
  ],
  ['a file URL', 'file://a/b.js'],
  ['a path', { file: 'a/b.js' }],
  ['an inlined file', { '$base64:encode': { $inline: 'a/b.js' } }],
  ['an inlined file of an image', { '$base64:encode': { $inline: '/opt/am/b.js' } }, 'beside'],
  ['an inlined file of a folder in a variable', { $inline: '&{am.scripts}/b.js' }, 'beside'],
])('%s', (_form, value, expected = source) => {
  expect(read(value)).toEqual({ text: expected })
})

test.each([['abcd'], ['outcome1'], ['"ok" + 1'], ['"cut off'], ['script_content'], ['']])(
  'reads %j as plain text',
  (text) => {
    expect(read(text)).toEqual({ text })
  },
)

test('reports a missing file', () => {
  const problem = 'has its source in the file c.js, which does not exist'
  expect(read('file://c.js')).toEqual({ problem })
  expect(read({ file: 'c.js' })).toEqual({ problem })
})

test.each([[undefined], [null], [7], [{}], [{ '$base64:encode': {} }], [{ $inline: 7 }]])(
  'does not accept %j as a source',
  (value) => {
    expect(read(value)).toEqual({ problem: 'has no source' })
  },
)

test('refuses a source that is too long to run, in every form', () => {
  const long = ' '.repeat(maxSourceLength + 1)
  const refused = { problem: 'has a source of more than 524288 characters' }
  for (const form of [long, [long], JSON.stringify(long)]) expect(read(form)).toEqual(refused)
  expect(read([long.slice(1)])).toEqual({ text: long.slice(1) })
})
