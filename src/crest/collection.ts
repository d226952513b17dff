import { createHash } from 'node:crypto'
import { defined } from '../base/defined.ts'
import { badRequest } from '../base/errors.ts'
import { isJsonObject, type Json, type JsonObject } from '../base/json.ts'
import { matches, parseQueryFilter } from './query-filter.ts'

/** The body of every list response. Source: "Query" in the vendor's common REST guide. */
export type CollectionBody = {
  result: JsonObject[]
  resultCount: number
  pagedResultsCookie: string | null
  totalPagedResultsPolicy: 'NONE' | 'EXACT'
  /** -1 unless the client asks for it. */
  totalPagedResults: number
  remainingPagedResults: -1
}

const maxPageSize = 10_000

/**
 * Applies `_queryFilter`, `_sortKeys`, `_pageSize`, `_pagedResultsOffset`, `_pagedResultsCookie` and `_fields` to objects
 * in memory.
 * @throws RequestError 400 for an invalid parameter.
 */
export function collection(objects: readonly JsonObject[], query: URLSearchParams): CollectionBody {
  const filter = parseQueryFilter(query.get('_queryFilter') ?? 'true')
  const found = sorted(
    objects.filter((object) => matches(filter, object)),
    query.get('_sortKeys'),
  )
  const size = wholeNumber(query, '_pageSize') ?? 0
  const cookie = query.get('_pagedResultsCookie')
  const offset = cookie === null ? (wholeNumber(query, '_pagedResultsOffset') ?? 0) : offsetOf(cookie)
  const end = offset + Math.min(size === 0 ? found.length : size, maxPageSize)
  const page = found.slice(offset, end)
  const next = size > 0 && end < found.length ? cookieOf(end) : null
  const body = envelope(
    page.map((object) => pick(object, query.get('_fields'))),
    next,
  )
  return query.get('_totalPagedResultsPolicy') === 'EXACT'
    ? { ...body, totalPagedResultsPolicy: 'EXACT', totalPagedResults: found.length }
    : body
}

export function envelope(result: JsonObject[], pagedResultsCookie: string | null = null): CollectionBody {
  return {
    result,
    resultCount: result.length,
    pagedResultsCookie,
    totalPagedResultsPolicy: 'NONE',
    totalPagedResults: -1,
    remainingPagedResults: -1,
  }
}

/** Selects the fields of a `_fields` list, and always `_id` and `_rev`. */
export function pick(object: JsonObject, fields: string | null): JsonObject {
  if (fields === null || fields === '' || fields.split(',').includes('*')) return object
  const selected = new Set([
    '_id',
    '_rev',
    ...fields.split(',').map((field) => field.trim().replace(/^\//, '')),
  ])
  return Object.fromEntries(Object.entries(object).filter(([key]) => selected.has(key)))
}

/** A content hash in the format of AM's `_rev`: a signed 32-bit number as text. */
export function revisionOf(content: Json): string {
  return String(createHash('sha256').update(JSON.stringify(content)).digest().readInt32BE(0))
}

/** A response with the object, its `_rev` and the matching `ETag`. */
export function resource(
  object: JsonObject,
  status = 200,
): { status: number; body: JsonObject; headers: { etag: string } } {
  const { _rev: _old, ...content } = object
  const _rev = revisionOf(content)
  const { _id, ...rest } = content
  return {
    status,
    body: { ...defined({ _id }), _rev, ...rest },
    headers: { etag: `"${_rev}"` },
  }
}

export function wholeNumber(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name)
  if (text === null) return undefined
  // The vendor's tools ask for all results with -1, as with 0.
  if (name === '_pageSize' && text === '-1') return 0
  if (!/^\d{1,9}$/.test(text)) throw badRequest(`The query parameter ${name} must be a whole number`)
  return Number(text)
}

function sorted(objects: JsonObject[], keys: string | null): JsonObject[] {
  if (keys === null || keys === '') return objects
  const order = keys.split(',').map((key) => ({
    name: key.replace(/^[+\- ]/, '').replace(/^\//, ''),
    sign: key.startsWith('-') ? -1 : 1,
  }))
  return objects.toSorted((left, right) => {
    for (const { name, sign } of order) {
      const difference = compare(left[name] ?? null, right[name] ?? null)
      if (difference !== 0) return difference * sign
    }
    return 0
  })
}

function compare(left: Json, right: Json): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right
  return textOf(left).localeCompare(textOf(right), 'en')
}

function textOf(value: Json): string {
  return isJsonObject(value) || Array.isArray(value) ? JSON.stringify(value) : String(value ?? '')
}

function cookieOf(offset: number): string {
  return Buffer.from(`at:${offset}`).toString('base64url')
}

function offsetOf(cookie: string): number {
  const match = /^at:(\d{1,9})$/.exec(Buffer.from(cookie, 'base64url').toString())
  if (match === null) throw badRequest('The query parameter _pagedResultsCookie is invalid')
  return Number(match[1])
}
