import { type ConnectionOptions, connect as connectTls } from 'node:tls'
import { Client, type ClientOptions, ResultCodeError } from 'ldapts'
import { type Fence, fencedSocket, fencedTlsSocket } from '../../../outgoing/fenced-socket.ts'

/** The addresses of the servers, and how to connect to them. */
export type DirectoryServers = {
  /** `host:port`, or `name|host:port`. */
  servers: readonly string[]
  connection: 'LDAP' | 'LDAPS' | 'START_TLS'
  trustAllServerCertificates: boolean
  /** Maximum time to wait for each response. */
  timeoutSeconds: number
}

/** `busy` and `unavailable`: another server may still answer. Source: RFC 4511, "Result Codes". */
const awayCodes: ReadonlySet<number> = new Set([51, 52])

/**
 * Runs `work` with the first server that answers. An error result is final: no other server is tried.
 * @throws the error of the last server.
 */
export async function withServer<Result>(
  directory: DirectoryServers,
  fence: Fence,
  work: (client: Client) => Promise<Result>,
): Promise<Result> {
  let problem: unknown = new Error('no directory server is configured')
  for (const server of directory.servers) {
    const client = clientFor(server, directory, fence)
    try {
      if (directory.connection === 'START_TLS') await client.startTLS(tlsOptions(server, directory))
      return await work(client)
    } catch (error) {
      if (error instanceof ResultCodeError && !awayCodes.has(error.code)) throw error
      problem = error
    } finally {
      // The work has succeeded or failed by now, so an error here doesn't matter.
      await client.unbind().catch(() => undefined)
    }
  }
  throw problem
}

function clientFor(server: string, directory: DirectoryServers, fence: Fence): Client {
  const isTls = directory.connection === 'LDAPS'
  const { host, port } = addressOf(server, isTls ? 636 : 389)
  const milliseconds = directory.timeoutSeconds * 1000
  return new Client({
    url: `${isTls ? 'ldaps' : 'ldap'}://${host}:${port}`,
    timeout: milliseconds,
    connectTimeout: milliseconds,
    ...(isTls ? { tlsOptions: tlsOptions(server, directory) } : {}),
    // rule S11: otherwise directories are connected to without the fence
    ...fencedConnections(fence, { host, port }, tlsOptions(server, directory)),
  })
}

type Connections = Required<Pick<ClientOptions, 'createConnection' | 'createSecureConnection'>>

/** Replaces the client's own connections, so that it connects to the very address that the fence has checked. */
function fencedConnections(
  fence: Fence,
  target: { host: string; port: number },
  tls: ReturnType<typeof tlsOptions>,
): Connections {
  return {
    createConnection: () => fencedSocket(fence, target),
    // The client passes a port for a new connection, and options with a socket to encrypt an open one by STARTTLS.
    createSecureConnection: ((first: number | ConnectionOptions) =>
      typeof first === 'object' && first.socket !== undefined
        ? connectTls(first)
        : fencedTlsSocket(fence, target, tls)) as typeof connectTls, // no single function satisfies its overloads
  }
}

function tlsOptions(server: string, { trustAllServerCertificates }: DirectoryServers) {
  const { host } = addressOf(server, 0)
  return { host, rejectUnauthorized: !trustAllServerCertificates }
}

/** `host`, `host:port`, or either after `name|`: AM's way to reserve a directory server for one of its own servers. */
function addressOf(server: string, usualPort: number): { host: string; port: number } {
  const address = server.slice(server.indexOf('|') + 1).trim()
  const [, host = address, port = String(usualPort)] = /^(.*?)(?::(\d+))?$/.exec(address) ?? []
  return { host, port: Number(port) }
}
