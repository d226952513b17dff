import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { defined } from '../../src/base/defined.ts'
import { adminToken, bearer } from '../support/admin-tokens.ts'
import { saveRealm } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import { adminPassword, type TestServer } from '../support/start-server.ts'
import { signIn } from '../support/wire.ts'

// Checks each cell of docs/access.md against a running server.

type Row = { method: string; path: string; cells: Record<string, string> }

const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'access.md'), 'utf8')
const [head = [], , ...lines] = page
  .slice(page.indexOf('|  | Path |'), page.indexOf('## Decisions'))
  .split('\n')
  .filter((line) => line.startsWith('|'))
  .map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  )
const rows: Row[] = lines.map(([method = '', path = '', ...cells]) => ({
  method,
  path: path.replaceAll('`', ''),
  cells: Object.fromEntries(cells.map((cell, place) => [head[place + 2] ?? '', cell])),
}))
const roles = head.slice(2, -4)

/** Names that don't exist, so that an allowed call changes nothing. */
function filledIn({ method, path }: Row, realm: string): string {
  const name = realm.slice(1)
  const named = method === 'GET' ? realm : '/nothing-has-this-name'
  return path
    .replace('{realm}', `/realms/root${name === '' ? '' : `/realms/${name}`}`)
    .replace('{object}', name === '' ? 'user' : `${name}_user`)
    .replace(/realms\/\{id\}/, `realms/${Buffer.from(named).toString('base64url')}`)
    .replace(/emailTemplate\/\{name\}|openidm\/config$/, `$&?realm=${realm}`)
    .replace(/\{\w+\}/g, 'nothing-has-this-name')
}

const namesRealm = ({ method, path }: Row) =>
  /\{realm\}|\{object\}|emailTemplate|openidm\/config$/.test(path) ||
  (method === 'GET' && path.endsWith('realms/{id}'))

let server: TestServer
const tokens: Record<string, string> = {}

const password = 'Staff-Pass-2026'

beforeAll(async () => {
  server = await startPrepared(async (stores) => {
    for (const realm of ['/alpha', '/beta']) await saveRealm(stores, realm)
  })
  const { url } = server
  const admin = await signIn(url, 'amadmin', adminPassword, '/')
  const headers = { 'content-type': 'application/json', iplanetdirectorypro: admin }
  const openidm = `${url.replace(/\/am$/, '')}/openidm/managed`
  const post = async (path: string, body: object) => {
    const answer = await fetch(`${openidm}/${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
    expect(answer.status, await answer.text()).toBeLessThan(300)
  }
  tokens.admin = admin
  for (const role of [...roles, 'none']) {
    if (role === 'admin') continue
    const mail = `${role}@example.com`
    const person = { _id: role, userName: role, givenName: 'Some', sn: 'Body', mail, password }
    await post('alpha_user?_action=create', person)
    if (role !== 'none') await post(`alpha_user/${role}?_action=setRoles`, { roles: [role] })
    tokens[role] = await signIn(url, role, password)
  }
})
afterAll(() => server.stop())

/** Whether the guards of a route let a call pass, whatever the route answers. */
async function isAllowed(
  row: Row,
  who: string,
  realm: string,
  headers: Record<string, string> = defined({ iplanetdirectorypro: tokens[who] }),
): Promise<boolean> {
  const { method } = row
  const at = new URL(filledIn(row, realm), server.url)
  const answer = await fetch(at, {
    method,
    headers: {
      'content-type': 'application/json',
      ...headers,
    },
    ...(method === 'GET' ? {} : { body: '{}' }),
  })
  const { status } = answer
  expect(status, `${method} ${at} as ${who}`).not.toBe(500)
  if (status !== 401 && status !== 403) {
    await answer.body?.cancel()
    return true
  }
  const { message } = (await answer.json()) as { message: string }
  return !['Access Denied', 'Forbidden'].includes(message)
}

test('the page has every role and covers every route', () => {
  expect(roles).toEqual(['admin', 'realm-admin', 'journey-author', 'agent-lead', 'agent', 'auditor'])
  expect(rows.length).toBeGreaterThan(140)
  for (const { cells } of rows)
    expect(Object.keys(cells)).toEqual([...roles, 'none', 'anonymous', 'fresh', 'scope'])
})

/** The expected access to a row in each realm. */
function expectedOf(row: Row, who: string): [realm: string, isAllowed: boolean][] {
  const cell = row.cells[who] ?? ''
  // These decide by the subject of the call; tests of their own cover them.
  if (cell === 'yes') return []
  const isAtHome = ['all', 'own', 'below'].includes(cell)
  const isElsewhere = cell === 'all'
  if (!namesRealm(row)) {
    // The audit book of the whole server belongs to the root realm; other routes without a realm are for
    // staff of any realm.
    return [['/alpha', row.path === '/am/json/global-config/audit' ? isElsewhere : isAtHome]]
  }
  return [
    ['/alpha', isAtHome],
    ['/beta', isElsewhere],
    ['/', isElsewhere],
  ]
}

describe.each([...roles, 'none', 'anonymous'])('%s', (who) => {
  test('is allowed and denied as the page says, in each realm', { timeout: 120_000 }, async () => {
    const wrong: string[] = []
    for (const row of rows) {
      await Promise.all(
        expectedOf(row, who).map(async ([realm, isExpected]) => {
          if ((await isAllowed(row, who, realm)) === isExpected) return
          wrong.push(`${row.method} ${filledIn(row, realm)}: ${isExpected ? 'allowed' : 'denied'}`)
        }),
      )
    }
    expect(wrong, 'should have been').toEqual([])
  })
})

describe.each(['fr:am:*', 'fr:idm:*', 'fr:idc:esv:*', 'fr:idc:esv:read'])('a token of %s', (scope) => {
  test('is taken by the routes that the page says', { timeout: 120_000 }, async () => {
    const headers = bearer(await adminToken(server.url, tokens.admin ?? '', { scope }))
    const wrong: string[] = []
    const ofStaff = rows.filter(({ cells }) => cells.admin === 'all' && cells.anonymous === '')
    for (const row of ofStaff) {
      const isExpected = row.cells.scope?.includes(`\`${scope}\``) === true
      if ((await isAllowed(row, scope, '/alpha', headers)) === isExpected) continue
      wrong.push(`${row.method} ${row.path}: ${isExpected ? 'allowed' : 'denied'}`)
    }
    expect(wrong, 'should have been').toEqual([])
  })
})
