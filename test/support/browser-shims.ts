/** Web storage that lasts as long as the process. */
function memoryStorage() {
  const kept = new Map<string, string>()
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
    clear: () => kept.clear(),
    key: (place: number) => [...kept.keys()][place] ?? null,
    get length() {
      return kept.size
    },
  }
}

/** What the SDKs expect of a browser and Node does not have: storage, a location, and cookies that come back. */
export class Browser {
  readonly #cookies = new Map<string, string>()
  readonly #fetch = globalThis.fetch

  /** From now on `fetch` keeps and sends cookies, and storage and location are there. */
  install(): void {
    Object.assign(globalThis, {
      localStorage: memoryStorage(),
      sessionStorage: memoryStorage(),
      location: { href: 'http://127.0.0.1/app' },
      window: globalThis,
      fetch: (input: string | URL | Request, init?: RequestInit) => this.#send(new Request(input, init)),
    })
  }

  uninstall(): void {
    globalThis.fetch = this.#fetch
  }

  get cookieNames(): string[] {
    return [...this.#cookies.keys()]
  }

  forgetCookies(): void {
    this.#cookies.clear()
  }

  async #send(request: Request): Promise<Response> {
    const cookies = [...this.#cookies].map(([name, value]) => `${name}=${value}`)
    if (cookies.length > 0) request.headers.set('cookie', cookies.join('; '))
    const response = await this.#fetch(request)
    for (const line of response.headers.getSetCookie()) this.#keep(line)
    return response
  }

  #keep(line: string): void {
    const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=')
    if (value === '' || /;\s*max-age=0\b/i.test(line)) this.#cookies.delete(name)
    else this.#cookies.set(name, value)
  }
}
