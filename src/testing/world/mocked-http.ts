import { isDeepStrictEqual } from 'node:util'
import { isJsonObject, type Json, jsonSchema } from '../../base/json.ts'
import type { HttpClientOptions, ScriptHttpClient } from '../../sandbox/hosts/http-client.ts'
import { HostCallError } from '../../sandbox/script-engine.ts'
import type { HttpMock } from '../http-mock.ts'
import { matchesText } from '../play/expected.ts'
import { testGateway } from './test-phone.ts'

type Request = Parameters<ScriptHttpClient>[0]
type Answer = Awaited<ReturnType<ScriptHttpClient>>

/** A call that a journey made. `mock`: the index of the mock that answered it. */
export type MadeCall = {
  method: string
  url: string
  body: string | undefined
  mock: number | undefined
  /** The HTTP status, or why there was none. */
  answer: number | string
}

/** Answers HTTP calls with mocks, and records all of them. Calls to allowed hosts are really made. */
export class MockedHttp {
  readonly calls: MadeCall[] = []
  #mocks: readonly HttpMock[]
  readonly #used = new Map<HttpMock, number>()

  constructor(mocks: readonly HttpMock[] = []) {
    this.#mocks = mocks
  }

  /** Answers later calls with these. */
  use(mocks: readonly HttpMock[]): void {
    this.#mocks = mocks
  }

  /** @param real makes the calls to allowed hosts. */
  client(options: HttpClientOptions, real: ScriptHttpClient): ScriptHttpClient {
    const { allowedHosts = [] } = options
    return async (request, transactionId) => {
      if (request.url === testGateway.push.url) return taken
      const mock = this.#mocks.find((each) => this.#isFree(each) && matches(each, request))
      if (mock !== undefined) return this.#answer(mock, request)
      const { hostname, host } = URL.parse(request.url) ?? { hostname: '', host: '' }
      if (allowedHosts.includes(hostname) || allowedHosts.includes(host)) return real(request, transactionId)
      this.#record(request, undefined, 'not mocked')
      throw new HostCallError(`HTTP request failed: no mock answers ${methodOf(request)} ${request.url}`, 502)
    }
  }

  /** Calls that no mock answers. */
  get unmocked(): MadeCall[] {
    return this.calls.filter(({ mock }) => mock === undefined)
  }

  /** Mocks with the number of their calls, if it is not the declared one. */
  get unexpected(): { mock: HttpMock; calls: number }[] {
    return this.#mocks
      .map((mock) => ({ mock, calls: this.#used.get(mock) ?? 0 }))
      .filter(
        ({ mock: { times }, calls }) =>
          times !== 'any' && (times === undefined ? calls === 0 : calls !== times),
      )
  }

  #isFree(mock: HttpMock): boolean {
    return typeof mock.times !== 'number' || (this.#used.get(mock) ?? 0) < mock.times
  }

  #answer(mock: HttpMock, request: Request): Answer {
    this.#used.set(mock, (this.#used.get(mock) ?? 0) + 1)
    const { reply } = mock
    this.#record(
      request,
      this.#mocks.indexOf(mock),
      reply === 'timeout' || reply === 'refused' ? reply : reply.status,
    )
    if (reply === 'timeout') throw new HostCallError('HTTP request failed: no answer within 10000 ms', 504)
    if (reply === 'refused') throw new HostCallError('HTTP request failed: connect ECONNREFUSED', 502)
    const { status, headers, json, text } = reply
    const type = json === undefined ? {} : { 'content-type': ['application/json'] }
    const given = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), [value]] as const)
    return {
      status,
      statusText: '',
      headers: { ...type, ...Object.fromEntries(given) },
      body: json === undefined ? (text ?? '') : JSON.stringify(json),
    }
  }

  #record(request: Request, mock: number | undefined, answer: number | string): void {
    const { url, body } = request
    this.calls.push({ method: methodOf(request), url, body, mock, answer })
  }
}

/** The answer to a notification for a test phone, which walks see as a step and not as a call. */
const taken: Answer = { status: 200, statusText: '', headers: {}, body: '{}' }

function methodOf({ method }: Request): string {
  return (method ?? 'GET').toUpperCase()
}

function matches({ method, url, body, headers }: HttpMock, request: Request): boolean {
  return (
    methodOf(request) === method &&
    matchesText(url, request.url) &&
    (body === undefined || hasBody(request.body ?? '', body)) &&
    Object.entries(headers).every(([name, value]) => matchesText(value, headerOf(request, name)))
  )
}

function headerOf({ headers }: Request, name: string): string {
  const found = Object.entries(headers).find(([each]) => each.toLowerCase() === name.toLowerCase())
  return found?.[1] ?? ''
}

function hasBody(sent: string, expected: Json): boolean {
  if (typeof expected === 'string') return matchesText(expected, sent)
  try {
    return contains(jsonSchema.parse(JSON.parse(sent)), expected)
  } catch {
    return contains(Object.fromEntries(new URLSearchParams(sent)), expected)
  }
}

/** Whether a value has all members of the expected one. Lists must be equal. */
export function contains(actual: Json | undefined, expected: Json): boolean {
  if (typeof expected === 'string' && typeof actual === 'string') return matchesText(expected, actual)
  if (!isJsonObject(expected)) return isDeepStrictEqual(actual, expected)
  return (
    isJsonObject(actual) && Object.entries(expected).every(([name, value]) => contains(actual[name], value))
  )
}
