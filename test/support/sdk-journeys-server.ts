import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { defined } from '../../src/engine/defined.ts'
import type { RecordedStep } from '../../src/engine/recorded-step.ts'
import { Identities } from '../../src/people/identities.ts'
import { Passwords } from '../../src/people/passwords/passwords.ts'
import { selfServiceSchema } from '../../src/realms/self-service.ts'
import type { Stores } from '../../src/store/stores.ts'
import type { Browser } from './browser-shims.ts'
import { administrator, startDirectory, suffix } from './directory-server.ts'
import { letAnyoneStartChecks } from './help-desk-play.ts'
import { guessesOver } from './identities-on-disk.ts'
import { startIdentityProvider } from './identity-provider.ts'
import { startMailServer } from './mail-server.ts'
import { saveRealm } from './prepared-folder.ts'
import { startPrepared } from './prepared-server.ts'
import { startSamlIdentityProvider } from './saml-identity-provider.ts'
import { adminPassword } from './start-server.ts'
import { signIn } from './wire.ts'

const folder = join(import.meta.dirname, '..', 'fixtures', 'journeys')

export const password = 'Walk-Pass-2026'

/** People of the walks. Walks that change a person in conflicting ways use different people. */
const walkers = [
  'lock',
  'reset',
  'code',
  'app',
  'device',
  'quiet',
  'asked',
  'terms',
  'opt',
  'kba',
  'again',
  'first',
]

const directoryPassword = 'Directory-Pass-2026'
const inDirectory = `dn: ${suffix}
objectClass: dcObject
objectClass: organization
o: Example
dc: example

dn: ou=people,${suffix}
objectClass: organizationalUnit
ou: people

dn: ou=policies,${suffix}
objectClass: organizationalUnit
ou: policies

dn: uid=alex,ou=people,${suffix}
objectClass: inetOrgPerson
uid: alex
cn: Alex Caller
sn: Caller
userPassword: ${directoryPassword}
`

export type World = Awaited<ReturnType<typeof startWorld>>

/** A server with every journey of `test/fixtures/journeys`, and the services that they call. */
export async function startWorld(browser: Browser) {
  const [mail, directory, provider, saml] = await Promise.all([
    startMailServer(),
    startDirectory(inDirectory),
    startIdentityProvider(),
    startSamlIdentityProvider(),
  ])
  const server = await startPrepared(addPeople, {
    smtpUrl: mail.url,
    mailFrom: 'Desk <desk@example.com>',
    httpAllow: ['127.0.0.1'],
    ldapAllow: [directory.address],
  })
  const administration = await signedInAdministrator(server.url)
  await letAnyoneStartChecks(server.url)
  const files = readdirSync(folder)
  const inThisWorld = (text: string) =>
    text
      .replace('"hostPort": 1025', `"hostPort": ${mail.port}`)
      .replace('"127.0.0.1:1389"', JSON.stringify(directory.address))
      .replace('"Directory-Admin-2026"', JSON.stringify(administrator.password))
      .replace('"https://idp.example.com"', JSON.stringify(saml.entityId))
  await administration.put('services/SocialIdentityProviders/oidcConfig/ours', provider.document)
  await trust(saml, administration.put)
  await administration.put('webhooks/crm', { url: 'http://127.0.0.1:9/bye' })
  for (const file of files) {
    await administration.importJourneys(JSON.parse(inThisWorld(readFileSync(join(folder, file), 'utf8'))))
  }
  return {
    server,
    url: server.url,
    mail,
    provider,
    saml,
    /** The private key of a tool whose public key the server knows. */
    toolKey: keyOnFile(server.folder),
    forgetCookies: () => browser.forgetCookies(),
    administration,
    /** Data that one walk leaves for the next. */
    kept: new Map<string, string>(),
    async stop() {
      await server.stop()
      await Promise.all([mail.stop(), directory.stop(), provider.stop(), saml.stop()])
    },
  }
}

/** Stores a public key among Amster's keys. @returns the private key. */
function keyOnFile(dataFolder: string): KeyObject {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const key = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url')
  const blob = ['ssh-ed25519', key].map((field) => {
    const content = Buffer.from(field)
    const length = Buffer.alloc(4)
    length.writeUInt32BE(content.length)
    return Buffer.concat([length, content])
  })
  const file = join(dataFolder, 'security', 'keys', 'amster', 'authorized_keys')
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `ssh-ed25519 ${Buffer.concat(blob).toString('base64')} tool@desk\n`)
  return privateKey
}

/**
 * Creates a service provider for each journey that uses one, in a circle of trust with the identity provider.
 */
async function trust(
  saml: Awaited<ReturnType<typeof startSamlIdentityProvider>>,
  put: (path: string, body: unknown) => Promise<unknown>,
): Promise<void> {
  const key = (entityId: string) => Buffer.from(entityId).toString('base64url')
  const remote = { entityId: saml.entityId, base64EntityXML: saml.metadata() }
  await put(`saml2/remote/${key(saml.entityId)}`, remote)
  const entityId = 'https://desk.example.com/sp'
  const serviceProvider = { services: { metaAlias: '/alpha/desk' } }
  await put(`saml2/hosted/${key(entityId)}`, { entityId, serviceProvider })
  const trustedProviders = [`${entityId}|saml2`, `${saml.entityId}|saml2`]
  await put('federation/circlesoftrust/desk', { status: 'active', trustedProviders })
}

async function addPeople(stores: Stores): Promise<void> {
  const news = { name: 'news', displayName: 'News', icon: '', accessLevel: 'Profile', fields: ['mail'] }
  const selfService = { ...selfServiceSchema.parse({}), consentMappings: [news] }
  await saveRealm(stores, '/alpha', { selfService })
  const identities = new Identities(
    stores.identities,
    new Passwords(),
    Date.now,
    guessesOver(stores.limits, Date.now),
  )
  const trusted = { checks: 'none' } as const
  await identities.create('/alpha', { userName: 'guest' }, trusted)
  const longAgo = () => Date.now() - 400 * 86_400_000
  const long = { userName: 'long', givenName: 'Wal', sn: 'Ker', mail: 'long@example.com', password }
  await new Identities(
    stores.identities,
    new Passwords(),
    longAgo,
    guessesOver(stores.limits, longAgo),
  ).create('/alpha', long, trusted)
  const agent = { userName: 'web-agent', password: 'Agent-Pass-2026' }
  await identities.create('/alpha', agent, { ...trusted, kind: 'agent' })
  for (const userName of walkers) {
    const kbaInfo = ['My cat?', 'My dog?'].map((customQuestion) => ({ customQuestion, answer: 'Tom' }))
    const about = { userName, givenName: 'Wal', sn: 'Ker', mail: `${userName}@example.com`, password }
    await identities.create('/alpha', userName === 'asked' ? { ...about, kbaInfo } : about, trusted)
  }
}

async function signedInAdministrator(url: string) {
  const token = await signIn(url, 'amadmin', adminPassword, '/')
  // The original `fetch`, without the cookies of the walk.
  const { fetch } = globalThis
  const ask = (address: string, method = 'GET', body?: string) =>
    fetch(address, {
      method,
      headers: { cookie: `iPlanetDirectoryPro=${token}`, 'content-type': 'application/json' },
      ...defined({ body }),
    })
  const send = async (method: string, path: string, body?: unknown) => {
    const address = `${url}/json/realms/root/realms/alpha/${path}`
    const answer = await ask(address, method, body === undefined ? undefined : JSON.stringify(body))
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
    return answer.json()
  }
  return {
    put: (path: string, body: unknown) => send('PUT', `realm-config/${path}`, body),
    importJourneys: (body: unknown) => send('POST', 'journeys?_action=import', body),
    /** Forwards a request about people. @param path starts with `/openidm`. */
    managePeople: (path: string, method: string, body: string) =>
      ask(`${new URL(url).origin}${path}`, method, body === '' ? undefined : body),
    /** Records one run of a journey. */
    async watch(journey: string): Promise<{ watch: string; header: string; key: string }> {
      return await send('POST', 'journey-sessions?_action=watch', { journey })
    },
    /** The recorded steps of a run. */
    async recorded(watch: string): Promise<RecordedStep[]> {
      const { result } = await send('GET', `journey-sessions?watch=${watch}`)
      const { steps } = await send('GET', `journey-sessions/${result[0]._id}`)
      return steps
    },
  }
}
