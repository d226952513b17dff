import { describe, expect, test } from 'vitest'
import type { Json } from '../base/json.ts'
import type { ExpressionType } from './expression-type.ts'
import {
  type EsvLookup,
  esvText,
  hasPlaceholder,
  maxPlaceholders,
  maxResolvedLength,
  PlaceholderError,
  placeholdersIn,
  resolution,
  resolved,
} from './placeholders.ts'

const values: Record<string, [text: string, type?: ExpressionType | undefined, isVariable?: boolean]> = {
  'esv.host': ['id', 'string'],
  'esv.port': ['389', 'int'],
  'esv.ratio': ['0.5', 'number'],
  'esv.on': ['true', 'bool'],
  'esv.list': ['a, b', 'list'],
  'esv.array': ['["a",1]', 'array'],
  'esv.object': ['{"a":{"b":1}}', 'object'],
  'esv.pairs': ['a=1,b=x=y', 'keyvaluelist'],
  'esv.encoded': ['c2VjcmV0', 'base64encodedinlined'],
  'esv.secret': ['&{esv.host}', undefined, false],
  'esv.url': ['https://&{esv.host}.example.com', 'string'],
  'esv.wrong': ['389x', 'int'],
  'esv.a': ['&{esv.b}', 'string'],
  'esv.b': ['x&{esv.a}', 'string'],
  'esv.deep': ['&{esv.none}', 'string'],
  'esv.untyped': ['5'],
  'esv.empty': ['', 'string'],
  'esv.long': ['x'.repeat(60_000), 'string'],
  'esv.nested': ['&{esv.long}'.repeat(20), 'string'],
  'esv.many': ['&{esv.empty}'.repeat(999), 'string'],
}
const lookup: EsvLookup = (name) => {
  const [text, type, isVariable = true] = values[name] ?? []
  return text === undefined ? undefined : { text, type, isVariable }
}

describe('a placeholder becomes', () => {
  test.each<[Json, Json]>([
    ['plain', 'plain'],
    ['&{esv.host}', 'id'],
    ['&{esv.port}', 389],
    ['&{esv.ratio}', 0.5],
    ['&{esv.on}', true],
    ['&{esv.list}', ['a', 'b']],
    ['&{esv.array}', ['a', 1]],
    ['&{esv.object}', { a: { b: 1 } }],
    ['&{esv.pairs}', { a: '1', b: 'x=y' }],
    ['&{esv.encoded}', 'secret'],
    ['&{esv.untyped}', '5'],
    ['&{esv.empty}', ''],
    ['&{esv.none|fallback}', 'fallback'],
    ['&{esv.none|}', ''],
    ['&{esv.host|other}', 'id'],
    ['&{esv.host}.example.com:&{esv.port}', 'id.example.com:389'],
    ['&{esv.url}/&{esv.none|x}', 'https://id.example.com/x'],
    ['&{esv.secret}', '&{esv.host}'],
    ['\\&{esv.host}', '&{esv.host}'],
    ['a & {b} &{', 'a & {b} &{'],
    [
      ['&{esv.host}', { deep: ['&{esv.port}'] }],
      ['id', { deep: [389] }],
    ],
    [{ $int: '&{esv.untyped}' }, 5],
    [{ $int: '&{esv.none|1389}' }, 1389],
    [{ $number: '&{esv.ratio}' }, 0.5],
    [{ $bool: '&{esv.none|TRUE}' }, true],
    [{ $string: '&{esv.port}' }, '389'],
    [{ $list: '&{esv.none|a,b}' }, ['a', 'b']],
    [{ $list: '' }, []],
    [{ $array: '&{esv.array}' }, ['a', 1]],
    [{ $object: '&{esv.object}' }, { a: { b: 1 } }],
    [{ '$base64:decode': 'c2VjcmV0' }, 'secret'],
    [{ '$base64:encode': '&{esv.host}' }, 'aWQ='],
    [{ '$base64:decode': { '$base64:encode': '&{esv.host}' } }, 'id'],
    [
      { $int: '1', other: '2' },
      { $int: '1', other: '2' },
    ],
    [{ $int: 5 }, { $int: 5 }],
    [{ $and: '&{esv.host}' }, { $and: 'id' }],
  ])('%j → %j', (value, expected) => {
    expect(resolved(value, resolution(lookup))).toEqual(expected)
  })
})

describe('an error names the variable and what was expected, never its value:', () => {
  test.each<[Json, string, PlaceholderError['problem']]>([
    ['&{esv.none}', 'esv.none is not set', 'missing'],
    ['x&{esv.none}x', 'esv.none is not set', 'missing'],
    ['&{esv.deep}', 'esv.none is not set', 'missing'],
    ['&{esv.wrong}', 'esv.wrong must be a whole number', 'type'],
    [{ $bool: '&{esv.wrong}' }, 'esv.wrong must be true or false', 'type'],
    [{ $array: '&{esv.object}' }, 'esv.object must be a JSON array', 'type'],
    [{ $object: '&{esv.array}' }, 'esv.array must be a JSON object', 'type'],
    ['&{esv.a}', 'esv.a refers to itself: esv.a → esv.b → esv.a', 'circular'],
  ])('%j', (value, message, problem) => {
    let thrown: unknown
    try {
      resolved(value, resolution(lookup))
    } catch (error) {
      thrown = error
    }
    expect(thrown).toBeInstanceOf(PlaceholderError)
    expect(thrown).toMatchObject({ message, problem })
    expect((thrown as PlaceholderError).in('port').message).toBe(`setting port: ${message}`)
  })
})

describe('a small setting never becomes a large one:', () => {
  const size = (value: Json) => {
    try {
      return JSON.stringify(resolved(value, resolution(lookup))).length
    } catch (error) {
      expect(error).toBeInstanceOf(PlaceholderError)
      expect(error).toMatchObject({ problem: 'size' })
      return (error as PlaceholderError).message
    }
  }
  const within = (member: string, value: Json): Json =>
    Array.from({ length: 60 }).reduce<Json>((inner) => ({ [member]: inner }), value)

  test('texts up to the limit', () => {
    expect(size(Array.from({ length: 17 }, () => '&{esv.long}'))).toBeGreaterThan(1_000_000)
    expect(size('&{esv.empty}'.repeat(maxPlaceholders))).toBe(2)
    expect(size('x'.repeat(2_000_000))).toBe(2_000_002)
  })

  const long = `is too long here: placeholders can give a node or document at most ${maxResolvedLength} characters`
  const many = `is one too many: a node or document can have at most ${maxPlaceholders} placeholders`
  test.each<[string, Json, string]>([
    ['a text', '&{esv.long}'.repeat(100_000), `esv.long ${long}`],
    ['texts of a list', Array.from({ length: 18 }, () => '&{esv.long}'), `esv.long ${long}`],
    ['a text of variables in a variable', '&{esv.nested}', `esv.long ${long}`],
    ['empty variables', '&{esv.empty}'.repeat(maxPlaceholders + 1), `esv.empty ${many}`],
    ['empty variables in variables', '&{esv.many}&{esv.many}', `esv.many ${many}`],
    ['defaults', '&{none|a}'.repeat(100_000), `none ${many}`],
    ['encoded texts in each other', within('$base64:encode', 'x'), `$base64:encode ${long}`],
    ['quoted lists in each other', within('$list', 'a,b'), `$list ${long}`],
  ])('%s', (_, value, message) => {
    expect(size(value)).toBe(message)
  })

  // Quadratic time would be minutes.
  test.each<[string, Json]>([
    ['unfinished defaults', '&{a|'.repeat(250_000)],
    ['fillings of base64', { '$base64:decode': `${'='.repeat(1_000_000)}x` }],
    ['deep lists', { $array: '['.repeat(400_000) + ']'.repeat(400_000) }],
  ])('%s take linear time', (_, value) => {
    expect(hasPlaceholder(value) && placeholdersIn(value).length).toBe(0)
    expect(() => {
      resolved(value, resolution(lookup))
      throw new PlaceholderError('', 'type', 'resolved')
    }).toThrow(PlaceholderError)
  })
})

test('finds placeholders with their default and type', () => {
  const found = placeholdersIn({ a: ['x&{esv.a}&{b|1}'], b: { $int: '&{c}' }, c: '\\&{d}' })
  expect(found).toEqual([
    { name: 'esv.a', hasDefault: false, type: undefined },
    { name: 'b', hasDefault: true, type: undefined },
    { name: 'c', hasDefault: false, type: 'int' },
  ])
  const contain = ['&{a}', { $int: '1' }, [{ a: '&{b}' }], { a: '&' }, 1, null].map(hasPlaceholder)
  expect(contain).toEqual([true, true, true, false, false, false])
})

test('scripts get the text of a variable', () => {
  expect([esvText('esv.url', lookup), esvText('esv.port', lookup)]).toEqual(['https://id.example.com', '389'])
})
