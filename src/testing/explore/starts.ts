import type { Bundle } from '../../journeys/exchange/bundle.ts'
import { closureOf } from '../../journeys/exchange/closure.ts'
import type { Person } from '../walk-file.ts'
import { agent, deskAgent, fullPerson, opensTransactions, userNameOf } from './made-up-people.ts'
import type { Start } from './tried.ts'

type People = Readonly<Record<string, Person>>

/** The starts that can lead elsewhere: plain, with credentials in headers, with values that scripts read, and with a session. */
export function startsOf(bundle: Bundle, journey: string, people: People): Start[] {
  const parts = closureOf([journey], bundle, 'inner journeys')
  const own = bundle.journeys.find(({ _id }) => _id === journey)?.nodes ?? {}
  const types = new Set(Object.values(own).map(({ nodeType }) => nodeType))
  const values = readValues(parts, people)
  return [
    ...(opensTransactions(types) ? [{ signedIn: deskAgent }] : []),
    {},
    ...parts.nodes.flatMap(({ type, config }) =>
      type === 'ZeroPageLoginNode' ? zeroPage(config, types) : [],
    ),
    ...(values === undefined ? [] : [values]),
    ...(readsSession(parts) ? [{ ...values, signedIn: fullPerson }] : []),
  ]
}

function zeroPage(
  { usernameHeader, passwordHeader }: Bundle['nodes'][number]['config'],
  types: ReadonlySet<string>,
): Start[] {
  const name = types.has('AgentDataStoreDecisionNode') ? agent : fullPerson
  const headers = [usernameHeader ?? 'X-OpenAM-Username', passwordHeader ?? 'X-OpenAM-Password'].map(String)
  return [`\${${name}.password}`, 'wrong'].map((password) => ({
    headers: Object.fromEntries(headers.map((header, place) => [header, place === 0 ? name : password])),
  }))
}

function readsSession({ nodes, scripts, customNodeTypes }: Bundle): boolean {
  return (
    nodes.some(({ type }) => /SessionData|AnonymousSessionUpgrade|SessionProperties/.test(type)) ||
    scripts.some(({ source }) => readsOwn.test(source)) ||
    customNodeTypes.some(({ script }) => readsOwn.test(script))
  )
}

const readsOwn = /existingSession|requestCookies|requestHeaders\.get\(["']cookie/i

/** Values that clients and the server set themselves. */
const usual =
  /^(cookie|host|user-agent|accept|content-|referer|origin|x-forwarded|authorization$|authIndex|goto|realm$|locale$|ForceAuth$|suspendedId$|service$|noSession$|tokenId$)/i

/** Parameters and headers of the request that nodes and scripts read. @returns undefined if there are none. */
function readValues(
  { nodes, scripts }: Bundle,
  people: People,
): Pick<Start, 'query' | 'headers'> | undefined {
  const values = (setting: string, binding: string) => {
    const names = [
      ...nodes.flatMap(({ config }) => Object.keys(config[setting] ?? {})),
      ...scripts.flatMap(({ source }) => readNames(source, binding)),
    ].filter((name) => !usual.test(name))
    return Object.fromEntries(names.map((name) => [name, valueFor(name, people)]))
  }
  const query = values('allowedQueryParameters', 'requestParameters')
  const headers = values('allowedHeaders', 'requestHeaders')
  const given = Object.entries({ query, headers }).filter(([, each]) => Object.keys(each).length > 0)
  return given.length === 0 ? undefined : Object.fromEntries(given)
}

/** Names in calls such as `requestHeaders.get(name)`, also of variables with a literal. */
function readNames(source: string, binding: string): string[] {
  const calls = source.matchAll(
    new RegExp(String.raw`\b${binding}\.get\s*\(\s*(?:["']([\w-]+)["']|(\w+))\s*\)`, 'g'),
  )
  return [...calls].flatMap(([, literal, variable]) => {
    if (variable === undefined) return literal ?? []
    return new RegExp(String.raw`\b${variable}\s*=\s*["']([\w-]+)["']`).exec(source)?.[1] ?? []
  })
}

function valueFor(name: string, people: People): string {
  if (/mail/i.test(name)) return `${fullPerson}@example.com`
  if (/user|login/i.test(name)) return userNameOf(people, fullPerson)
  return /ur[il]|redirect/i.test(name) ? 'https://service.example/' : 'made-up'
}
