import { type JsonObject, jsonObjectSchema, parsedJson } from '../../base/json.ts'
import { systemOutside } from '../../server/outside.ts'
import { type RemoteServer, type Response, TargetError } from './remote-server.ts'
import { type Granted, RefusedError, signInWith } from './sign-in.ts'
import type { Target } from './targets.ts'

/** Access tokens are renewed this long before they end. */
const renewalMs = 10_000

/** What an administrator of a target can do. */
export class Admin {
  readonly #server: RemoteServer
  readonly #signIn: () => Promise<Granted>
  #granted: Granted

  private constructor(server: RemoteServer, signIn: () => Promise<Granted>, granted: Granted) {
    this.#server = server
    this.#signIn = signIn
    this.#granted = granted
  }

  /** @throws OperationError if a variable is not set, RefusedError if the server refuses the credentials. */
  static async signIn(
    server: RemoteServer,
    credentials: NonNullable<Target['admin']>,
    environment: Readonly<Record<string, string | undefined>>,
  ): Promise<Admin> {
    const signIn = signInWith(server, credentials, environment)
    return new Admin(server, signIn, await signIn())
  }

  /** @returns undefined if there is no such thing. @throws RefusedError. */
  async read(path: string): Promise<JsonObject | undefined> {
    const response = await this.#ask('GET', path)
    return response.status === 404 ? undefined : bodyOf(response, path)
  }

  /** @throws RefusedError. */
  async write(method: 'POST' | 'PUT' | 'PATCH', path: string, body: unknown): Promise<JsonObject> {
    return bodyOf(await this.#ask(method, path, body), path)
  }

  /** Things that don't exist any more are removed. @throws RefusedError. */
  async remove(path: string): Promise<void> {
    const response = await this.#ask('DELETE', path)
    if (response.status !== 404) bodyOf(response, path)
  }

  /** Once the session or access token has ended, signs in again. */
  async #ask(method: string, path: string, body?: unknown): Promise<Response> {
    const { endsAt } = this.#granted
    const isNew = endsAt !== undefined && endsAt - renewalMs <= systemOutside.now()
    if (isNew) await this.#renew()
    const response = await this.#send(method, path, body)
    if (response.status !== 401 || isNew) return response
    await this.#renew()
    return this.#send(method, path, body)
  }

  #send(method: string, path: string, body: unknown): Promise<Response> {
    const version = path.startsWith('/openidm') ? 'resource=1.0' : 'protocol=2.1,resource=1.0'
    return this.#server.ask(path, {
      method,
      headers: {
        'content-type': 'application/json',
        'accept-api-version': version,
        ...this.#granted.headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    })
  }

  /** @throws TargetError if the server refuses it: the administrator can do nothing without it. */
  async #renew(): Promise<void> {
    try {
      this.#granted = await this.#signIn()
    } catch (cause) {
      if (!(cause instanceof RefusedError)) throw cause
      throw new TargetError(`${cause.message} now, which it accepted at the beginning of the test`, { cause })
    }
  }
}

/** @throws RefusedError that doesn't repeat what the server says. */
function bodyOf({ status, body }: Response, path: string): JsonObject {
  const { data: json } = jsonObjectSchema.safeParse(parsedJson(body))
  if (status >= 200 && status < 300 && json !== undefined) return json
  throw new RefusedError(`The target answers a request for ${kindOf(path)} with status ${status}`)
}

function kindOf(path: string): string {
  const kinds = {
    '/openidm/': 'people',
    '/users': 'people',
    '/node-designer': 'custom node types',
    '/scripts': 'scripts',
    '/trees': 'journeys',
    '/nodes': 'nodes',
  }
  const found = Object.entries(kinds).find(([part]) => path.includes(part))
  return found?.[1] ?? 'administrators'
}
