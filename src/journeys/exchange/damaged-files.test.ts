import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { RequestError } from '../../base/errors.ts'
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts'
import { customNodeTypeSchema } from '../../nodes/custom-node-type.ts'
import { scriptSchema } from '../../scripts/script.ts'
import { journeyDocumentSchema, nodeDocumentSchema } from '../journey-document.ts'
import type { Bundle } from './bundle.ts'
import { readBundle } from './read-bundle.ts'

const folder = join(import.meta.dirname, '..', '..', '..', 'test', 'fixtures', 'exchange')
const files = readdirSync(folder).filter((name) => name.endsWith('.json'))

const odd: readonly Json[] = [
  '',
  null,
  0,
  true,
  [],
  {},
  'a/b',
  '\ud83d',
  '__proto__',
  { toString: '', valueOf: '', length: 1 },
]

/** Yields the document with one value replaced, for every value. */
function* damaged(json: Json): Generator<Json> {
  yield* odd
  if (typeof json !== 'object' || json === null) return
  for (const [key, value] of Object.entries(json)) {
    for (const other of damaged(value)) {
      yield Array.isArray(json) ? json.with(Number(key), other) : { ...json, [key]: other }
    }
  }
}

const nothing = { journeys: [], nodes: [], scripts: [], customNodeTypes: [] }

/** Reads a document, or returns an empty bundle if it is rejected as not an export. */
function readOrRefused(json: Json): Pick<Bundle, keyof typeof nothing> {
  if (!isJsonObject(json)) return nothing
  try {
    return readBundle(json, { realm: '/alpha' })
  } catch (error) {
    if (error instanceof RequestError && error.status === 400) return nothing
    throw error
  }
}

test.each(files)('can store and read again what it reads from any damaged %s', (name) => {
  const json: JsonObject = JSON.parse(readFileSync(join(folder, name), 'utf8'))
  for (const other of damaged(json)) {
    const { journeys, nodes, scripts, customNodeTypes } = readOrRefused(other)
    const shapes = [
      [journeyDocumentSchema, journeys],
      [nodeDocumentSchema, nodes],
      [scriptSchema, scripts],
      [customNodeTypeSchema, customNodeTypes],
    ] as const
    for (const [schema, things] of shapes) {
      for (const thing of things) expect(schema.safeParse(thing).error, JSON.stringify(other)).toBeUndefined()
    }
  }
})
