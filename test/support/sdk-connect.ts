import type { Browser as Cookies } from '../../src/testing/client/browser.ts'
import type { JourneyClient } from '../../src/testing/client/journey-client.ts'
import type { Connect } from '../../src/testing/run-walk.ts'
import type { World } from '../../src/testing/world/world.ts'
import type { JsonPage } from '../../src/walks/page.ts'
import type { Shown } from '../../src/walks/shown.ts'
import { Browser } from './browser-shims.ts'
import { type SdkResult, type SdkStep, sdkClients } from './sdk-clients.ts'

// Plays walks over HTTP with the vendor's SDKs. The SDKs use globals, so walks must run one after the other.

export type SdkName = keyof typeof sdkClients

/** Whose request `fetch` sends. */
type Sender = { origin: string; cookies: Cookies; headers: Readonly<Record<string, string>>; now(): number }

export class SdkConnection {
  readonly #shims = new Browser()
  readonly #fetch = globalThis.fetch
  readonly #urls = new WeakMap<World, Promise<string>>()
  #sender: Sender | undefined

  /** Defines the globals that the SDKs need. */
  install(): void {
    this.#shims.install()
    globalThis.fetch = (input, init) => this.#send(new Request(input, init))
  }

  uninstall(): void {
    this.#shims.uninstall()
  }

  /** Connects the browser of a party with one of the SDKs. */
  connect(name: SdkName): Connect {
    return async (world, cookies) => {
      const url = await this.#urlOf(world)
      const { origin } = new URL(url)
      const sender: Sender = { origin, cookies, headers: {}, now: world.time.now }
      const as = <Value>(work: () => Promise<Value>) => this.#as(sender, work)
      const sdk = await as(() => sdkClients[name](url, 'alpha'))
      let step: SdkStep | undefined
      const shown = (result: SdkResult): Shown => {
        step = result.type === 'Step' ? result : undefined
        return shownBy(result)
      }
      const client: JourneyClient = {
        async start({ journey, query, headers }) {
          sender.headers = headers
          return shown(await as(() => sdk.start(journey, { ...query })))
        },
        async next(page, query) {
          if (step === undefined) throw new Error('the SDK shows no page')
          const filled = fillIn(step, page)
          return shown(await as(() => sdk.next(filled, { ...query })))
        },
        resume: async (link) => shown(await as(() => sdk.resume(link))),
        async submit(action, form) {
          const init = { method: 'POST', body: new URLSearchParams({ ...form }), redirect: 'manual' } as const
          const answer = await as(() => fetch(action, init))
          return answer.headers.get('location') ?? undefined
        },
      }
      return client
    }
  }

  #urlOf(world: World): Promise<string> {
    const existing = this.#urls.get(world)
    const url = existing ?? world.listen()
    this.#urls.set(world, url)
    return url
  }

  async #as<Value>(sender: Sender, work: () => Promise<Value>): Promise<Value> {
    this.#sender = sender
    try {
      return await work()
    } finally {
      this.#sender = undefined
    }
  }

  /** Adds what a browser adds, if the request goes to the server. */
  async #send(request: Request): Promise<Response> {
    const sender = this.#sender
    if (sender === undefined || new URL(request.url).origin !== sender.origin) return this.#fetch(request)
    const { cookies, headers, now } = sender
    // The server would hold waiting pages, and the time of a world stands still.
    request.headers.delete('prefer')
    for (const [name, value] of Object.entries(headers)) request.headers.set(name, value)
    if (cookies.header !== undefined) request.headers.set('cookie', cookies.header)
    const response = await this.#fetch(request)
    cookies.receive(response.headers.getSetCookie(), now())
    return response
  }
}

function fillIn(step: SdkStep, { callbacks }: JsonPage): SdkStep {
  for (const [place, { input = [] }] of callbacks.entries()) {
    for (const { name, value } of input) step.callbacks[place]?.setInputValue(value, name)
  }
  return step
}

function shownBy(result: SdkResult): Shown {
  if (result.type === 'Step') {
    // The SDK keeps the page as it arrived.
    return { kind: 'page', page: structuredClone(result.payload) as unknown as JsonPage }
  }
  if (result.type === 'LoginFailure') {
    return { kind: 'failure', message: result.getMessage() ?? '', code: result.getCode() }
  }
  return {
    kind: 'success',
    successUrl: result.getSuccessUrl(),
    realm: result.getRealm(),
    token: result.getSessionToken(),
  }
}
