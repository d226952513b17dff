import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { saveJourney } from '../../../test/support/prepared-folder.ts'
import { authenticate, startJourney } from '../../../test/support/wire.ts'
import { type Attack, mustHold, type Scene } from '../attack.ts'

/** Spellings of addresses in the internal network. */
const hosts = ['127.0.0.1', 'localhost', '[::1]', '[::ffff:127.0.0.1]', '2130706433', '10.0.0.1']

type Stores = Parameters<typeof saveJourney>[0]

/** A service in the internal network that sends first, as mail servers do. Counts connections. */
async function startService() {
  let connections = 0
  const server = createServer((socket) => {
    connections++
    socket.on('error', () => undefined)
    socket.end('220 inside\r\n')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  // The address of a TCP server.
  const { port } = server.address() as AddressInfo
  return { port, connections: () => connections, stop: () => void server.close() }
}

let service: Awaited<ReturnType<typeof startService>>

/** A journey author uses LDAP and SMTP nodes as a port scanner. */
export const innerDirectory: Attack = {
  name: 'inner-directory',
  defence: 'S11: LDAP and SMTP nodes reach services inside',
  goal: 'to reach internal services with LDAP and SMTP nodes, and to tell open from closed ports',
  async prepare(stores) {
    service = await startService()
    for (const [place, host] of hosts.entries())
      await saveDirectory(stores, `ldap ${place}`, host, service.port)
    await saveDirectory(stores, 'ldap closed', '127.0.0.1', 1)
    await saveMail(stores, 'mail', service.port)
  },
  async play(scene) {
    try {
      const answers = new Set<string>()
      for (const name of ['ldap closed', ...hosts.map((_, place) => `ldap ${place}`)]) {
        answers.add(await scanned(scene, name))
      }
      mustHold(service.connections() === 0, 'an LDAP node connected to an internal service')
      mustHold(answers.size === 1, `open and closed ports can be told apart: ${[...answers].join(' ')}`)
      await startJourney(scene.url, 'mail')
      await waitForMail(scene)
      mustHold(service.connections() === 0, 'an SMTP node connected to an internal service')
      return `${hosts.length} internal addresses looked like a closed port, and the server connected to none`
    } finally {
      service.stop()
    }
  },
}

async function scanned({ url }: Scene, journey: string): Promise<string> {
  const headers = { 'x-openam-username': 'alex', 'x-openam-password': 'Any-Pass-2026' }
  const query = `?authIndexType=service&authIndexValue=${encodeURIComponent(journey)}`
  const { status, body } = await authenticate(url, { query, headers })
  return `${status} ${body.message}`
}

/** Emails are sent in the background: wait until the address is rejected or connected to. */
async function waitForMail({ server }: Scene): Promise<void> {
  const isTried = () => service.connections() > 0 || server.logged().includes('"code":"EFENCED"')
  while (!isTried()) await wait(10)
}

function saveDirectory(stores: Stores, name: string, host: string, port: number): Promise<void> {
  const ends = { FALSE: 'failure', LOCKED: 'failure', CANCELLED: 'failure', EXPIRED: 'failure' }
  const config = {
    ...{ primaryServers: [`${host}:${port}`], accountSearchBaseDn: ['dc=x'], ldapOperationsTimeout: 2 },
    ...{ adminDn: '', adminPassword: '', userProfileAttribute: 'uid', searchFilterAttributes: ['uid'] },
  }
  return saveJourney(stores, name, {
    headers: {
      type: 'ZeroPageLoginNode',
      config: { allowWithoutReferer: true },
      to: { true: 'check', false: 'failure' },
    },
    check: { type: 'LdapDecisionNode', config, to: { TRUE: 'success', ...ends } },
  })
}

function saveMail(stores: Stores, name: string, port: number): Promise<void> {
  return saveJourney(stores, name, {
    who: { type: 'SetStateNode', config: { attributes: { username: 'alex' } }, to: { outcome: 'make' } },
    make: { type: 'OneTimePasswordGeneratorNode', config: { length: 6 }, to: { outcome: 'mail' } },
    mail: {
      type: 'OneTimePasswordSmtpSenderNode',
      config: {
        ...{ hostName: '127.0.0.1', hostPort: port, sslOption: 'NON_SSL', username: '', password: '' },
        ...{ fromEmailAddress: 'codes@example.com', emailContent: { en: 'Code: {{OTP}}' } },
      },
      to: { outcome: 'success' },
    },
  })
}
