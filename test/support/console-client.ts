import type { JsonObject } from '../../src/base/json.ts'
import { adminPassword } from './start-server.ts'
import { signIn } from './wire.ts'

export type ConsoleAnswer = { status: number; headers: Headers; body: JsonObject }

/** Sends JSON below a realm with an administrator's session. */
export async function consoleClient(url: string, realm = 'alpha') {
  const token = await signIn(url, 'amadmin', adminPassword, '/')
  const at = `${url}/json/realms/root${realm === '/' ? '' : `/realms/${realm}`}`
  async function send(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<ConsoleAnswer> {
    const response = await fetch(`${at}/${path}`, {
      method,
      headers: { iPlanetDirectoryPro: token, 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return { status: response.status, headers: response.headers, body: (await response.json()) as JsonObject }
  }
  return {
    token,
    send,
    get: (path: string) => send('GET', path),
    post: (path: string, body: unknown = {}) => send('POST', path, body),
    /** Saves against a revision; `new` only creates. */
    put: (path: string, body: unknown, revision: string) =>
      send(
        'PUT',
        path,
        body,
        revision === 'new' ? { 'if-none-match': '*' } : { 'if-match': `"${revision}"` },
      ),
  }
}

export type ConsoleClient = Awaited<ReturnType<typeof consoleClient>>
