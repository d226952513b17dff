import { openServer } from '../../src/cli/server-target.ts'
import { testCommand } from '../../src/cli/test-command.ts'
import { readBundle } from '../../src/journeys/exchange/read-bundle.ts'
import { type Ask, asking } from './rest.ts'
import { adminPassword, startServer, type TestServer } from './start-server.ts'

/** A server that has journeys and people. */
export type JourneyServer = TestServer & { ask: Ask }

type Content = {
  exports: readonly string[]
  people?: readonly { userName: string; password: string }[]
  settings?: Parameters<typeof startServer>[0]
}

export async function startJourneyServer({
  exports,
  people = [],
  settings,
}: Content): Promise<JourneyServer> {
  const server = await startServer({ withSamples: false, ...settings })
  const ask = asking(server.url, await adminToken(server.url))
  await ask('/global-config/realms?_action=create', {
    method: 'POST',
    body: { name: 'alpha', parentPath: '/' },
  })
  for (const { userName, password } of people) await createPerson(ask, userName, password)
  const target = await openServer(server.url, adminPassword, '/alpha')
  for (const text of exports) {
    const bundle = readBundle(JSON.parse(text), { realm: '/alpha' })
    await target.import(bundle, { dependencies: true, existing: 'replace' })
  }
  await target.close()
  await ask('/global-config/audit', { method: 'PUT', body: { keepsNodes: true } })
  return { ...server, ask }
}

async function adminToken(url: string): Promise<string> {
  const response = await fetch(`${url}/json/realms/root/authenticate`, {
    method: 'POST',
    headers: {
      'accept-api-version': 'resource=2.0, protocol=1.0',
      'content-type': 'application/json',
      'x-openam-username': 'amadmin',
      'x-openam-password': adminPassword,
    },
  })
  const { tokenId } = (await response.json()) as { tokenId: string }
  return tokenId
}

async function createPerson(ask: Ask, userName: string, password: string): Promise<void> {
  const body = { userName, password, givenName: userName, sn: 'Caller', mail: `${userName}@example.com` }
  const answer = await ask('/openidm/managed/alpha_user?_action=create', { method: 'POST', body })
  if (answer.status !== 201) throw new Error(`${userName}: ${answer.status} ${JSON.stringify(answer.body)}`)
}

/** Runs `sidegate test` in a folder. @returns its status, and all that it printed. */
export async function agreed(
  folder: string,
  options: readonly string[],
  environment: Record<string, string> = {},
  signal?: AbortSignal,
) {
  const lines: string[] = []
  const print = (text: string) => void lines.push(text)
  const status = await testCommand([folder, ...options], { print, warn: print, environment }, signal)
  return { status, output: lines.join('\n').replaceAll(`${folder}/`, '') }
}

/** Names of the people that begin with a text. */
export async function peopleNamed({ ask }: JourneyServer, start: string): Promise<string[]> {
  const filter = encodeURIComponent(`userName sw "${start}"`)
  const { body } = await ask(`/openidm/managed/alpha_user?_queryFilter=${filter}`)
  return body.result.map(({ userName }: { userName: string }) => userName)
}
