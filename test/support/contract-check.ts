import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod/v4/core'
import type { Endpoint, Exchange } from '../../contract/endpoint.ts'

// A setup file: every successful answer that a test fetches must match the contract, which pages and documentation rely on.

const folder = join(import.meta.dirname, '..', '..', 'contract')

const isEndpoint = (value: unknown): value is Endpoint =>
  value instanceof Object && 'method' in value && 'path' in value

const endpoints: (Endpoint & { pattern: RegExp })[] = []
for (const file of readdirSync(folder).filter((name) => !name.includes('.test.'))) {
  const exported = Object.values(await import(join(folder, file)))
  // A collection has several endpoints.
  const found = exported.flatMap((value) => (value instanceof Object ? [value, ...Object.values(value)] : []))
  for (const endpoint of found.filter(isEndpoint))
    endpoints.push({ ...endpoint, pattern: patternOf(endpoint) })
}

function patternOf({ path }: Endpoint): RegExp {
  const own = path.replaceAll(/:\w+/g, '[^/]+')
  return new RegExp(path.startsWith('/') ? `^${own}$` : `^/am/json(/realms/[^/]+)*/${own}$`)
}

function exchangeOf(method: string, { pathname, searchParams }: URL): Exchange | undefined {
  const found = endpoints.filter((endpoint) => endpoint.method === method && endpoint.pattern.test(pathname))
  // `…/journeys/findings` also matches `…/journeys/:name`.
  const [endpoint] = found.sort((a, b) => placeholders(a) - placeholders(b))
  const action = searchParams.get('_action')
  return action === null ? endpoint : endpoint?.actions?.[action]
}

const placeholders = ({ path }: Endpoint): number => path.split(':').length

const original = globalThis.fetch

/** Fetches, and throws if a successful answer of our own REST API breaks the contract. */
async function checkedFetch(...[input, init]: Parameters<typeof fetch>): Promise<Response> {
  const response = await original(input, init)
  const url = new URL(input instanceof Request ? input.url : input)
  const { answer } = exchangeOf(init?.method ?? 'GET', url) ?? {}
  const isJson = response.headers.get('content-type')?.startsWith('application/json')
  if (answer === undefined || !response.ok || !isJson || url.searchParams.has('_fields')) return response
  const body: unknown = await response.clone().json()
  const result = z.safeParse(answer(), body)
  if (result.success) return response
  throw new Error(
    `${init?.method ?? 'GET'} ${url.pathname} breaks the contract: ${z.prettifyError(result.error)}`,
  )
}

// Files of one worker share the global object.
if (original.name !== checkedFetch.name) globalThis.fetch = checkedFetch
