import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { saveJourney } from '../../../test/support/prepared-folder.ts'
import { authenticate, startJourney } from '../../../test/support/wire.ts'
import { type Attack, mustHold, type Scene } from '../attack.ts'

/** Ways to write an address of the inner network. */
const hosts = ['127.0.0.1', 'localhost', '[::1]', '[::ffff:127.0.0.1]', '2130706433', '10.0.0.1']

type Stores = Parameters<typeof saveJourney>[0]

/** A service of the inner network that speaks first, as mail servers do. It counts connections. */
async function startService() {
  let connections = 0
  const server = createServer((socket) => {
    connections++
    socket.on('error', () => undefined)
    socket.end('220 inside\r\n')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  // An address with a port is always one of these.
  const { port } = server.address() as AddressInfo
  return { port, connections: () => connections, stop: () => void server.close() }
}

let service: Awaited<ReturnType<typeof startService>>

/** LDAP and SMTP nodes of a journey author as a port scanner. */
export const innerDirectory: Attack = {
  name: 'inner-directory',
  wants: 'to reach services inside by LDAP and SMTP nodes, and to tell open from closed ports',
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
      mustHold(service.connections() === 0, 'an LDAP node connected to a service inside')
      mustHold(answers.size === 1, `open and closed ports are told apart: ${[...answers].join(' ')}`)
      await startJourney(scene.url, 'mail')
      await mailTried(scene)
      mustHold(service.connections() === 0, 'an SMTP node connected to a service inside')
      return `${hosts.length} addresses inside looked the same as a closed port, and nothing connected to them`
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

/** The mail goes out in the background: either it is refused, or somebody connects. */
async function mailTried({ server }: Scene): Promise<void> {
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
