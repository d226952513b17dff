import fc from 'fast-check'
import type { Json } from '../../src/base/json.ts'

/** Texts and values that often break parsers. */
const oddValues: readonly Json[] = [
  null,
  true,
  false,
  0,
  -1,
  0.1,
  1e308,
  2 ** 53,
  '',
  ' ',
  'alex',
  'IDToken1',
  '__proto__',
  'constructor',
  'toString',
  '\u0000',
  '\ud800',
  '🦊',
  '\u202e',
  '../..',
  '%00',
  '%',
  'x'.repeat(3000),
  'NameCallback',
  'HttpCallback',
  [],
  {},
  [[]],
  [null],
  { a: { b: [] } },
]

const oddNames = [
  '_id',
  '_type',
  'authId',
  'callbacks',
  'name',
  'nodes',
  'output',
  'type',
  'value',
  'toString',
]

/** Any JSON, with a bias towards odd values. */
export const oddJson: fc.Arbitrary<Json> = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(...oddValues),
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.array(tie('json'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom(...oddNames), tie('json'), { maxKeys: 4 }),
  ),
})).json

export const oddText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...oddValues).map((value) => (typeof value === 'string' ? value : JSON.stringify(value))),
  fc.string({ unit: 'binary', maxLength: 40 }),
)

/** The value with one part replaced, removed, duplicated or added; rarely a completely different value. */
export function changed(value: Json): fc.Arbitrary<Json> {
  if (typeof value !== 'object' || value === null) return oddJson
  const inside = Array.isArray(value) ? changedList(value) : changedObject(value)
  return fc.oneof({ weight: 1, arbitrary: oddJson }, { weight: 12, arbitrary: inside })
}

function changedList(list: readonly Json[]): fc.Arbitrary<Json> {
  return fc.nat({ max: list.length }).chain((place): fc.Arbitrary<Json> => {
    const held = list[place]
    if (held === undefined) return oddJson.map((added) => [...list, added])
    const put = (...instead: Json[]) => [...list.slice(0, place), ...instead, ...list.slice(place + 1)]
    return fc.oneof(
      fc.constant(put()),
      fc.constant(put(held, held)),
      changed(held).map((one) => put(one)),
    )
  })
}

function changedObject(object: { readonly [name: string]: Json }): fc.Arbitrary<Json> {
  const names = Object.keys(object)
  const added = fc
    .tuple(fc.constantFrom(...oddNames), oddJson)
    .map(([name, value]): Json => ({ ...object, [name]: value }))
  if (names.length === 0) return added
  const inside = fc.constantFrom(...names).chain((name): fc.Arbitrary<Json> => {
    const { [name]: held = null, ...others } = object
    return fc.oneof(
      { weight: 1, arbitrary: fc.constant<Json>(others) },
      { weight: 6, arbitrary: changed(held).map((value): Json => ({ ...object, [name]: value })) },
    )
  })
  return fc.oneof({ weight: 1, arbitrary: added }, { weight: 6, arbitrary: inside })
}

/** A text with one character replaced, or cut off. */
export function torn(text: string): fc.Arbitrary<string> {
  const place = fc.nat({ max: Math.max(0, text.length - 1) })
  return fc.oneof(
    place.map((end) => text.slice(0, end)),
    fc
      .tuple(place, fc.constantFrom('"', '{', ']', '\\', '\u0000', '1', ',', 'é'))
      .map(([at, put]) => text.slice(0, at) + put + text.slice(at + 1)),
  )
}
