import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import type { JsonObject } from '../../src/base/json.ts'

const password = 'Keycloak-Pass-2026'

const startMs = 180_000

/** A Keycloak of its own, with a database in memory, and its administration. */
export class Keycloak {
  readonly url: string
  readonly #stop: () => void

  private constructor(url: string, stop: () => void) {
    this.url = url
    this.#stop = stop
  }

  /** @param folder an unpacked distribution; starting it rewrites files below `lib/quarkus`. */
  static async start(folder: string, port: number): Promise<Keycloak> {
    const args = ['start-dev', '--db=dev-mem', '--http-host=127.0.0.1', `--http-port=${port}`]
    const child = spawn(join(folder, 'bin', 'kc.sh'), args, {
      env: {
        ...process.env,
        KC_BOOTSTRAP_ADMIN_USERNAME: 'admin',
        KC_BOOTSTRAP_ADMIN_PASSWORD: password,
      },
      stdio: 'ignore',
      // Its own process group, so that its shell and Java end together.
      detached: true,
    })
    let failed: Error | undefined
    child.on('error', (error) => {
      failed = error
    })
    child.on('exit', (status) => {
      failed ??= new Error(`Keycloak ended with status ${status} before it listened`)
    })
    const stop = () => {
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid)
    }
    const keycloak = new Keycloak(`http://localhost:${port}`, stop)
    const end = Date.now() + startMs
    while (!(await isUp(keycloak.url))) {
      if (failed !== undefined) throw failed
      if (Date.now() > end) throw new Error('Keycloak did not listen in time')
      await pause(500)
    }
    return keycloak
  }

  stop(): void {
    this.#stop()
  }

  /** Calls the REST interface of administrators, with a new token, because they live for a minute. */
  async admin(
    path: string,
    method: 'GET' | 'POST' | 'PUT' | 'DELETE' = 'GET',
    body?: object,
  ): Promise<unknown> {
    const answer = await fetch(`${this.url}/admin/realms${path}`, {
      method,
      headers: { authorization: `Bearer ${await this.#token()}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`Keycloak: ${method} ${path}: ${answer.status} ${text.slice(0, 300)}`)
    return text === '' ? undefined : JSON.parse(text)
  }

  createRealm(realm: string, more: JsonObject = {}): Promise<unknown> {
    return this.admin('', 'POST', { realm, enabled: true, ...more })
  }

  async people(realm: string): Promise<Person[]> {
    return z.array(personSchema).parse(await this.admin(`/${realm}/users`))
  }

  /** How many sessions a person has. */
  async sessions(realm: string, personId: string): Promise<number> {
    return z.array(z.unknown()).parse(await this.admin(`/${realm}/users/${personId}/sessions`)).length
  }

  async #token(): Promise<string> {
    const answer = await fetch(`${this.url}/realms/master/protocol/openid-connect/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'password',
        client_id: 'admin-cli',
        username: 'admin',
        password,
      }),
    })
    return z.object({ access_token: z.string() }).parse(await answer.json()).access_token
  }
}

const personSchema = z.object({
  id: z.string(),
  username: z.string(),
  email: z.string().exactOptional(),
  emailVerified: z.boolean().exactOptional(),
  firstName: z.string().exactOptional(),
  lastName: z.string().exactOptional(),
})

export type Person = z.infer<typeof personSchema>

async function isUp(url: string): Promise<boolean> {
  const answer = await fetch(`${url}/realms/master`).catch(() => undefined)
  return answer?.ok === true
}
