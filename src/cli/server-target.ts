import { z } from 'zod'
import { OperationError } from '../base/errors.ts'
import { type Json, jsonSchema, parsedJson } from '../base/json.ts'
import type { Bundle } from '../journeys/exchange/bundle.ts'
import { findingSchema } from '../journeys/exchange/finding.ts'
import { type ImportOptions, planSchema } from '../journeys/exchange/plan.ts'
import { type PackedBundle, readBundle } from '../journeys/exchange/read-bundle.ts'
import { findingSchema as lintFindingSchema } from '../journeys/lint/finding.ts'
import type { Target } from './target.ts'

/** Header with the session token; the cookie has the same name. */
const sessionHeader = 'iPlanetDirectoryPro'

const signedInSchema = z.object({ tokenId: z.string() })
const errorSchema = z.object({ message: z.string() })
const lintSchema = z.object({ result: z.array(lintFindingSchema) })
const exportSchema = z.looseObject({ findings: z.array(findingSchema) })

/** The URL of a server and the administrator's token. */
export type Session = { base: string; token: string }

/**
 * Signs in to a running server as its administrator.
 * @throws OperationError if the server does not respond or rejects the password.
 */
export async function openServer(url: string, password: string, realm: string): Promise<Target> {
  const session = await signIn(url, password)
  const journeys = `${realmUrl(realm)}/journeys`
  const send = (
    bundle: Bundle,
    { dependencies, existing, leavesOutUnreadable = false }: ImportOptions,
    dryRun: boolean,
  ) => {
    const body: PackedBundle = { sidegateBundle: bundle }
    const query = new URLSearchParams({
      _action: 'import',
      dryRun: String(dryRun),
      dependencies: String(dependencies),
      existing,
      unreadable: leavesOutUnreadable ? 'skip' : 'refuse',
    })
    return ask(session, `${journeys}?${query}`, body)
  }
  return {
    preview: async (bundle, options) => planSchema.parse(await send(bundle, options, true)),
    import: async (bundle, options) => planSchema.parse(await send(bundle, options, false)),
    async export(names) {
      const answer = await ask(session, `${journeys}?_action=export`, { journeys: names })
      const { findings } = exportSchema.parse(answer)
      return { ...readBundle(jsonSchema.parse(answer), { realm }), findings }
    },
    async exportAll() {
      const answer = await ask(session, `${journeys}?_action=exportAll`, {})
      return readBundle(jsonSchema.parse(answer), { realm })
    },
    async lint(names) {
      const paths = names.length === 0 ? [''] : names.map((name) => `/${encodeURIComponent(name)}`)
      const answers = await Promise.all(paths.map((path) => ask(session, `${journeys}${path}/findings`)))
      return answers.flatMap((answer) => lintSchema.parse(answer).result)
    },
    close: () => signOut(session),
  }
}

/** @throws OperationError if the server does not respond or rejects the password. */
export async function signIn(url: string, password: string): Promise<Session> {
  const base = url.replace(/\/+$/, '').replace(/\/am$/, '')
  const { tokenId: token } = signedInSchema.parse(
    await request(`${base}/am/json/realms/root/authenticate`, {}, credentials(password)),
  )
  return { base, token }
}

export async function signOut(session: Session): Promise<void> {
  await ask(session, '/am/json/realms/root/sessions?_action=logout', {})
}

function credentials(password: string): Record<string, string> {
  return {
    'accept-api-version': 'resource=2.0, protocol=1.0',
    'x-openam-username': 'amadmin',
    // Headers only carry ASCII safely, so other passwords are sent as an encoded word (RFC 2047), which the server decodes.
    'x-openam-password': /^[\x20-\x7e]*$/.test(password)
      ? password
      : `=?UTF-8?B?${Buffer.from(password).toString('base64')}?=`,
  }
}

function realmUrl(realm: string): string {
  const names = ['root', ...realm.split('/').filter((name) => name !== '')]
  return `/am/json${names.map((name) => `/realms/${encodeURIComponent(name)}`).join('')}`
}

/** Sends GET, or POST with a body. */
export function ask({ base, token }: Session, path: string, body?: object): Promise<Json> {
  return request(`${base}${path}`, body, { [sessionHeader]: token, 'accept-api-version': 'resource=4.0' })
}

async function request(
  url: string,
  body: object | undefined,
  headers: Record<string, string>,
): Promise<Json> {
  const { status, text } = await send(url, body, headers)
  const json = parsedJson(text)
  if (status === 200 && json !== undefined) return json
  const said = errorSchema.safeParse(json)
  if (status === 401) throw new OperationError(`${new URL(url).host} rejected the administrator's password`)
  throw new OperationError(
    said.success ? said.data.message : `${new URL(url).host} responded with status ${status}`,
  )
}

async function send(url: string, body: object | undefined, headers: Record<string, string>) {
  try {
    const answer = await fetch(url, {
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
      headers: { 'content-type': 'application/json', ...headers },
    })
    return { status: answer.status, text: await answer.text() }
  } catch (cause) {
    throw new OperationError(`No response from ${url}`, { cause })
  }
}
