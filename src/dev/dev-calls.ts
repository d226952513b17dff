import type { HttpClientOptions, ScriptHttpClient } from '../sandbox/hosts/http-client.ts'
import type { HttpMock } from '../testing/http-mock.ts'
import { type MadeCall, MockedHttp } from '../testing/world/mocked-http.ts'

/** A call, and when it was made, in epoch milliseconds of the server's clock. `mock`: the call that it answers. */
export type KeptCall = Omit<MadeCall, 'mock'> & { number: number; madeAt: number; mock: string | undefined }

/** Older calls are dropped. */
const maxCalls = 200

/** Answers the HTTP calls of a server with mocks, and keeps the last ones. Calls leave this machine only while that is allowed. */
export class DevCalls {
  readonly #mocked = new MockedHttp()
  readonly #now: () => number
  #mocks: readonly HttpMock[] = []
  #added: readonly HttpMock[] = []
  #calls: KeptCall[] = []
  #count = 0
  /** Whether calls to the allowed hosts are really made. */
  isOpen = false

  constructor(now: () => number) {
    this.#now = now
  }

  /** Newest first. */
  get all(): readonly KeptCall[] {
    return this.#calls
  }

  get mocks(): readonly HttpMock[] {
    return this.#mocks
  }

  /** Replaces the mocks of the project. The first one that matches answers. */
  use(mocks: readonly HttpMock[]): void {
    this.#mocks = [...mocks, ...this.#added]
    this.#mocked.use(this.#mocks)
  }

  /** Adds mocks, until the server ends. */
  add(mocks: readonly HttpMock[]): void {
    this.#added = [...this.#added, ...mocks]
    this.#mocks = [...this.#mocks, ...mocks]
    this.#mocked.use(this.#mocks)
  }

  client(options: HttpClientOptions, real: ScriptHttpClient): ScriptHttpClient {
    const closed = this.#mocked.client({ ...options, allowedHosts: [] }, real)
    const open = this.#mocked.client(options, this.#kept(real))
    return async (request, transactionId) => {
      try {
        return await (this.isOpen ? open : closed)(request, transactionId)
      } finally {
        for (const call of this.#mocked.calls.splice(0)) this.#keep(call)
      }
    }
  }

  #kept(real: ScriptHttpClient): ScriptHttpClient {
    return async (request, transactionId) => {
      const { method = 'GET', url, body } = request
      const call = { method: method.toUpperCase(), url, body, mock: undefined }
      try {
        const answer = await real(request, transactionId)
        this.#keep({ ...call, answer: answer.status })
        return answer
      } catch (error) {
        this.#keep({ ...call, answer: 'failed' })
        throw error
      }
    }
  }

  #keep({ mock: index, ...call }: MadeCall): void {
    this.#count += 1
    const used = index === undefined ? undefined : this.#mocks[index]
    const mock = used && `${used.method} ${used.url}`
    this.#calls = [{ ...call, mock, number: this.#count, madeAt: this.#now() }, ...this.#calls].slice(
      0,
      maxCalls,
    )
  }
}
