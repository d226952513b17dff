/** Web storage in memory. */
function memoryStorage() {
  const items = new Map<string, string>()
  return {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
    clear: () => items.clear(),
    key: (place: number) => [...items.keys()][place] ?? null,
    get length() {
      return items.size
    },
  }
}

/** The globals that the SDKs expect and Node lacks: storage, a location and a `fetch` with cookies. */
export class Browser {
  readonly #cookies = new Map<string, string>()
  readonly #fetch = globalThis.fetch
  readonly #others = new Map<string, PropertyDescriptor | undefined>()

  install(): void {
    this.#define('localStorage', memoryStorage())
    this.#define('sessionStorage', memoryStorage())
    this.#define('location', { href: 'http://127.0.0.1/app' })
    this.#define('window', globalThis)
    globalThis.fetch = (input, init) => this.#send(new Request(input, init))
  }

  /** Restores every global, because test files share a process. */
  uninstall(): void {
    globalThis.fetch = this.#fetch
    for (const [name, descriptor] of this.#others) {
      if (descriptor === undefined) Reflect.deleteProperty(globalThis, name)
      else Object.defineProperty(globalThis, name, descriptor)
    }
  }

  #define(name: string, value: unknown): void {
    this.#others.set(name, Object.getOwnPropertyDescriptor(globalThis, name))
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true })
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
