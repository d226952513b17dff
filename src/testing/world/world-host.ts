import { defined } from '../../base/defined.ts'
import { oauthRoutes } from '../../http/oauth/oauth.ts'
import { samlRoutes } from '../../http/realms/saml.ts'
import { buildServer, type ServerOptions } from '../../http/server.ts'
import { createScriptEngine } from '../../sandbox/create-script-engine.ts'
import type { ScriptEngine } from '../../sandbox/script-engine.ts'
import type { AppRoutes } from '../../server/app.ts'
import { MemoryDatabase } from '../../store/sqlite/memory-database.ts'

type Server = ReturnType<typeof buildServer>

/**
 * What worlds use one after another, because making it takes longer than a walk: an HTTP server, whose routes lead to the parts of
 * the present world, and a database in memory, whose content is replaced for each.
 */
export class WorldHost {
  readonly database: MemoryDatabase
  #options: AppRoutes | undefined
  #server: Server | undefined
  #url: Promise<string> | undefined

  private constructor(database: MemoryDatabase) {
    this.database = database
  }

  static async create(): Promise<WorldHost> {
    return new WorldHost(await MemoryDatabase.create())
  }

  /** The server, which handles later requests with these routes. They are always the same but for their parts. */
  readonly serve = (options: AppRoutes): Server => {
    this.#options = options
    this.#server ??= buildServer(this.#leading(options))
    return this.#server
  }

  /** Listens on a free port of this machine. @returns the URL, context path included. */
  async listen(): Promise<string> {
    if (this.#server === undefined) throw new Error('no world has a server here yet')
    this.#url ??= this.#server.listen({ port: 0, host: '127.0.0.1' })
    return `${await this.#url}/am`
  }

  async close(): Promise<void> {
    await this.#server?.close()
    this.database.close()
  }

  /** Routes that always lead to the present world. */
  #leading(first: AppRoutes): ServerOptions {
    const present = () => this.#options ?? first
    const routes = [...first.routes.entries()]
      .filter(([, { path }]) => isForClients(path))
      .map(([index, route]) => leading(route, () => present().routes[index] ?? route))
    const oauth = leading(first.oauth, () => present().oauth)
    const saml = leading(first.saml, () => present().saml)
    const plugins = [oauthRoutes(oauth), samlRoutes(saml)]
    return leading({ ...first, routes, plugins }, present, ['routes', 'plugins'])
  }
}

/** An object whose properties, except the fixed ones, are read from another each time. */
function leading<Value extends object>(first: Value, to: () => object, fixed: readonly string[] = []): Value {
  return new Proxy(first, {
    get: (target, name) => Reflect.get(fixed.includes(String(name)) ? target : to(), name),
  })
}

/** The routes that clients of journeys and second agents call, and services that manage people. Mounting all takes longer than a walk. */
function isForClients(path: string): boolean {
  return /^(authenticate\b|sessions\b|help-desk\/approvals\b|push\/sns\/message\b|\/openidm\/managed\/)/.test(
    path,
  )
}

/** Hosts for worlds, as many as are open at the same time, and the script workers that all worlds share. */
export class WorldHosts {
  readonly scripts: ScriptEngine
  readonly #free: WorldHost[] = []

  /** @param scriptWorkers their number. Default: that of a server. */
  constructor(scriptWorkers?: number) {
    this.scripts = createScriptEngine(defined({ workers: scriptWorkers }))
  }

  async take(): Promise<WorldHost> {
    return this.#free.pop() ?? WorldHost.create()
  }

  giveBack(host: WorldHost): void {
    this.#free.push(host)
  }

  async use<Value>(work: (host: WorldHost) => Promise<Value>): Promise<Value> {
    const host = await this.take()
    try {
      return await work(host)
    } finally {
      this.giveBack(host)
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#free.map((host) => host.close()))
    await this.scripts.close()
  }
}
