import { rmSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { signInAsAdministrator } from '../support/backchannel-client.ts'
import { administrator, type DirectoryServer, startDirectory, suffix } from '../support/directory-server.ts'
import { agentSignsIn, callerEnters, callerOpens, deskOpens } from '../support/help-desk-play.ts'
import { preparedFolder, saveJourney, saveRealm } from '../support/prepared-folder.ts'
import { type Ask, asking, audited } from '../support/rest.ts'
import { startServer, type TestServer } from '../support/start-server.ts'
import { answerStep, authenticate, startJourney, type WireAnswer } from '../support/wire.ts'

const alpha = '/realms/root/realms/alpha'
const password = 'Alex-Pass-2026'
const maxFailures = 5

const byDirectory = 'By directory'
const directoryPassword = 'Alex-Directory-2026'
const person = `dn: ${suffix}
objectClass: dcObject
objectClass: organization
o: Example
dc: example

dn: uid=alex,${suffix}
objectClass: inetOrgPerson
uid: alex
cn: alex
sn: Lee
userPassword: ${directoryPassword}
`

function journeyOver({ address }: DirectoryServer): Parameters<typeof saveJourney>[2] {
  const config = {
    primaryServers: [address],
    accountSearchBaseDn: [suffix],
    adminDn: administrator.dn,
    adminPassword: administrator.password,
    userProfileAttribute: 'uid',
    searchFilterAttributes: ['uid'],
  }
  const failures = { FALSE: 'failure', LOCKED: 'failure', CANCELLED: 'failure', EXPIRED: 'failure' }
  return {
    headers: {
      type: 'ZeroPageLoginNode',
      config: { allowWithoutReferer: true },
      to: { true: 'check', false: 'failure' },
    },
    check: { type: 'LdapDecisionNode', config, to: { TRUE: 'success', ...failures } },
  }
}

let directory: DirectoryServer
let dataFolder: string
let server: TestServer
let ask: Ask
let addresses = 0

beforeAll(async () => {
  const lockout = { maxFailures: 3, windowSeconds: 600, lockSeconds: 600, maxFailuresInARow: 100 }
  directory = await startDirectory(person)
  dataFolder = await preparedFolder(async (stores) => {
    await saveRealm(stores, '/alpha', { lockout })
    await saveJourney(stores, byDirectory, journeyOver(directory), { noSession: false })
  })
  await start()
  await setLimit(maxFailures)
})
afterAll(async () => {
  await server.stop()
  await directory.stop()
  rmSync(dataFolder, { recursive: true, force: true })
})
beforeEach(async () => {
  const { body } = await ask('/openidm/managed/alpha_user?_queryFilter=true')
  for (const { _id } of body.result) {
    await ask(`/openidm/managed/alpha_user/${_id}?_action=unlock`, { method: 'POST', body: {} })
  }
})

/** Starts a server behind a trusted proxy. */
async function start() {
  server = await startServer({ dataFolder, trustedProxies: ['127.0.0.1'], ldapAllow: [directory.address] })
  ask = asking(server.url, await signInAsAdministrator(server.url))
}

const setLimit = (failuresPerAddress: number) =>
  ask(`${alpha}/realm-config/settings`, { method: 'PUT', body: { limits: { failuresPerAddress } } })

const newAddress = () => `203.0.113.${++addresses}`

const from = (address: string) => ({ headers: { 'x-forwarded-for': address } })

function requestSignIn(address: string, userName: string, secret = 'wrong', service?: string) {
  const { headers } = from(address)
  return authenticate(server.url, {
    query: service === undefined ? '' : `?authIndexType=service&authIndexValue=${service}`,
    headers: { ...headers, 'x-openam-username': userName, 'x-openam-password': secret },
  })
}

function outcomeOf({ status, body }: WireAnswer): 'in' | 'wrong' | 'refused' {
  if (status === 429) return 'refused'
  return body.tokenId === undefined ? 'wrong' : 'in'
}

const trySignIn = async (...given: Parameters<typeof requestSignIn>) =>
  outcomeOf(await requestSignIn(...given))

/** One wrong password for each of many usernames. */
async function spray(address: string, count = maxFailures): Promise<string[]> {
  const outcomes: string[] = []
  for (let name = 0; name < count; name++) outcomes.push(await trySignIn(address, `nobody${name}`))
  return outcomes
}

describe('an address with many wrong passwords', () => {
  test('is blocked, even with a right one, while the person can sign in from elsewhere', async () => {
    const address = newAddress()
    expect(await spray(address)).toEqual(Array(maxFailures).fill('wrong'))
    const { status, body, headers } = await requestSignIn(address, 'alex', password)
    expect(status).toBe(429)
    expect(body).toMatchObject({
      code: 429,
      reason: 'Too Many Requests',
      detail: { problem: 'tooManyFromAddress', retryAfterSeconds: Number(headers.get('retry-after')) },
    })
    expect(Number(headers.get('retry-after'))).toBeLessThanOrEqual(600)
    expect(await trySignIn(newAddress(), 'alex', password)).toBe('in')
  })

  test('locks no accounts: its further tries don’t count against people', async () => {
    const address = newAddress()
    await spray(address)
    for (let guess = 0; guess < 6; guess++) expect(await trySignIn(address, 'sam.one')).toBe('refused')
    expect(await trySignIn(newAddress(), 'sam.one', 'Sam1-Pass-2026')).toBe('in')
  })

  test('is blocked in the middle of a journey, which can continue from elsewhere', async () => {
    const address = newAddress()
    const page = await startJourney(server.url, 'Login', from(address))
    await spray(address)
    expect((await answerStep(server.url, page, ['alex', password], from(address))).status).toBe(429)
    expect((await answerStep(server.url, page, ['alex', password], from(newAddress()))).status).toBe(200)
  })

  test('is blocked in a caller’s journey, whose check stays open', async () => {
    const { id } = await deskOpens(server.url, await agentSignsIn(server.url))
    const address = newAddress()
    await spray(address)
    const page = await callerOpens(server.url, id)
    const refused = await answerStep(server.url, page, [password], from(address))
    expect(refused.body.detail).toMatchObject({ problem: 'tooManyFromAddress' })
    expect((await callerEnters(server.url, page)).body.tokenId).toEqual(expect.any(String))
  })

  test('can’t exceed the limit with concurrent requests', async () => {
    const address = newAddress()
    const guesses = await Promise.all(
      Array.from({ length: 20 }, (_, name) => trySignIn(address, `nobody${name}`)),
    )
    expect(guesses.filter((outcome) => outcome === 'wrong')).toHaveLength(maxFailures)
    expect(guesses.filter((outcome) => outcome === 'refused')).toHaveLength(20 - maxFailures)
  })

  test('is audited once', async () => {
    const address = newAddress()
    await spray(address, maxFailures + 3)
    const blocked = await audited(ask, `event=SIDEGATE-ADDRESS-BLOCKED`)
    expect(blocked.filter(({ ip }: { ip: string }) => ip === address)).toHaveLength(1)
  })

  test('is a whole network with IPv6', async () => {
    for (let host = 1; host <= maxFailures; host++) await trySignIn(`2001:db8:7:7::${host}`, `nobody${host}`)
    expect(await trySignIn('2001:db8:7:7:ffff::1', 'alex', password)).toBe('refused')
    expect(await trySignIn('2001:db8:7:8::1', 'alex', password)).toBe('in')
  })

  test('stays blocked over a restart', async () => {
    const address = newAddress()
    await spray(address)
    await server.stop()
    await start()
    expect(await trySignIn(address, 'alex', password)).toBe('refused')
  })
})

describe('passwords in a directory', () => {
  const signsIn = (...[address, userName, secret]: Parameters<typeof requestSignIn>) =>
    trySignIn(address, userName, secret, byDirectory)

  test('count in the same way, and the directory gets no further requests', async () => {
    const address = newAddress()
    for (let name = 0; name < maxFailures; name++) {
      expect(await signsIn(address, `nobody${name}`)).toBe('wrong')
    }
    expect(await signsIn(address, 'alex', directoryPassword)).toBe('refused')
    expect(await trySignIn(address, 'alex', password)).toBe('refused')
    expect(await signsIn(newAddress(), 'alex', directoryPassword)).toBe('in')
  })

  test('are blocked for an address that guessed elsewhere', async () => {
    const address = newAddress()
    await spray(address)
    expect(await signsIn(address, 'alex', directoryPassword)).toBe('refused')
  })
})

test('wrong passwords of one person lock that person only for the address they came from', async () => {
  const address = newAddress()
  for (let guess = 0; guess < 3; guess++) expect(await trySignIn(address, 'alex')).toBe('wrong')
  expect(await trySignIn(address, 'alex', password)).toBe('wrong')
  expect(await trySignIn(newAddress(), 'alex', password)).toBe('in')
})

test('a right password doesn’t count', async () => {
  const address = newAddress()
  for (let times = 0; times < maxFailures + 2; times++) {
    expect(await trySignIn(address, 'alex', password)).toBe('in')
  }
})

test('no address is limited if the realm sets 0', async () => {
  await setLimit(0)
  const address = newAddress()
  expect(await spray(address, maxFailures + 3)).toEqual(Array(maxFailures + 3).fill('wrong'))
  await setLimit(maxFailures)
})
