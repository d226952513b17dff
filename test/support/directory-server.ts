import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { programPath } from './outside-programs.ts'

export const suffix = 'dc=example,dc=com'
export const administrator = { dn: `cn=admin,${suffix}`, password: 'Directory-Admin-2026' }

const fixtures = join(import.meta.dirname, '..', 'fixtures', 'directory')

export type DirectoryServer = {
  /** `host:port` without TLS; START_TLS is possible. */
  address: string
  /** `host:port` with TLS and an untrusted certificate. */
  tlsAddress: string
  stop(): Promise<void>
}

/**
 * Starts a real OpenLDAP server on free loopback ports, with its own data folder.
 * @param rules access rules that go before the usual ones, or an overlay.
 * @param global modules and attribute types that these rules need.
 */
export async function startDirectory(entries: string, rules = '', global = ''): Promise<DirectoryServer> {
  const slapd = programPath('slapd')
  const folder = mkdtempSync(join(tmpdir(), 'sidegate-directory-'))
  const configuration = join(folder, 'slapd.conf')
  mkdirSync(join(folder, 'data'))
  writeFileSync(configuration, configurationFor(join(folder, 'data'), rules, global))
  writeFileSync(join(folder, 'entries.ldif'), entries)
  // slapadd is slapd under another name. It can write attributes that clients can't, such as the time of a
  // password change.
  execFileSync(slapd, ['-T', 'add', '-f', configuration, '-l', join(folder, 'entries.ldif')], {
    stdio: 'pipe',
  })
  const ports = [await freePort(), await freePort()]
  const [address = '', tlsAddress = ''] = ports.map((port) => `127.0.0.1:${port}`)
  const urls = `ldap://${address}/ ldaps://${tlsAddress}/`
  const server = spawn(slapd, ['-h', urls, '-f', configuration, '-d', '0'], { stdio: 'ignore' })
  const ended = once(server, 'exit')
  for (const port of ports) await listening(port)
  return {
    address,
    tlsAddress,
    async stop() {
      server.kill('SIGTERM')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function configurationFor(data: string, rules: string, global: string): string {
  const schemas = ['core', 'cosine', 'inetorgperson'].map((name) => `include /etc/ldap/schema/${name}.schema`)
  return `${schemas.join('\n')}
modulepath /usr/lib/ldap
moduleload back_mdb
moduleload ppolicy
${global}
TLSCertificateFile ${fixtures}/certificate.pem
TLSCertificateKeyFile ${fixtures}/key.pem
database mdb
maxsize 10485760
suffix "${suffix}"
rootdn "${administrator.dn}"
rootpw ${administrator.password}
directory ${data}
dbnosync
overlay ppolicy
ppolicy_default "cn=default,ou=policies,${suffix}"
ppolicy_use_lockout
${rules}
access to attrs=userPassword by self write by anonymous auth by * none
access to * by self write by * read
`
}

/** A port that was free a moment ago, because slapd can't report a port that it chose itself. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  // The address of a TCP server is never a string.
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}

async function listening(port: number): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const socket = connect(port, '127.0.0.1')
    const isUp = await once(socket, 'connect').then(
      () => true,
      () => false,
    )
    socket.destroy()
    if (isUp) return
    await wait(25)
  }
  throw new Error(`slapd does not listen on port ${port}`)
}
