import type { RadiusPort, RadiusServers, RadiusVerdict } from '../../nodes/ports/outside-ports.ts'
import type { Fence } from '../../outgoing/fenced-socket.ts'
import { askServer } from './ask-server.ts'
import { fitsRequest, type RadiusAnswer } from './packet.ts'

/** Servers to remember. Beyond them the oldest are forgotten, which only costs time. */
const maxSilent = 1000

/** For all servers together. A person waits. */
const maxWaitMs = 60_000

/** RFC 2865, section 3. */
const usualPort = 1812

/**
 * The fence of RADIUS.
 * @param allowed hosts with private addresses that requests may reach.
 * @param reachesPublicHosts whether requests may reach public addresses, too.
 */
export function radiusFence(allowed: readonly string[], reachesPublicHosts = true): Fence {
  return { allowed, setting: 'SIDEGATE_RADIUS_ALLOW', reachesPublicHosts }
}

/**
 * Asks RADIUS servers one after the other. Those that were silent are asked last for a while. An answer to a challenge goes to its
 * server only: others would learn it, and take it for a password.
 * @param now epoch milliseconds.
 */
export function radiusClient(fence: Fence, now: () => number): (realm: string) => RadiusPort {
  // By realm, so that one with a wrong secret doesn't change the order for others.
  const silentUntil = new Map<string, number>()
  return (realm) => ({
    async check(settings, { username, password, challenge }) {
      if (!fitsRequest(username, password)) return { kind: 'wrong' }
      // rule S59: otherwise servers that are silent keep a request for as long as a journey names them
      const deadline = now() + maxWaitMs
      const isSilent = (server: string) => (silentUntil.get(`${realm} ${server}`) ?? 0) > now()
      const secret = Buffer.from(settings.secret)
      const question = { secret, userName: username, password, ...stateOf(challenge) }
      const problems: string[] = []
      for (const server of toAsk(settings, challenge?.server, isSilent)) {
        const restMs = deadline - now()
        if (restMs <= 0) break
        try {
          const waitMs = Math.min(settings.timeoutSeconds * 1000, restMs)
          const answer = await askServer(fence, targetOf(server), question, waitMs)
          silentUntil.delete(`${realm} ${server}`)
          return verdictOf(answer, server)
        } catch (error) {
          problems.push(`${server}: ${error instanceof Error ? error.message : 'failed'}`)
          // rule S59: otherwise a realm with a wrong secret has other realms ask another server
          remember(silentUntil, `${realm} ${server}`, now() + settings.retryAfterMinutes * 60_000)
        }
      }
      if (problems.length > 0) throw new Error(problems.join('; '))
      throw new Error(challenge ? 'the server of the challenge is not configured' : 'no server is configured')
    },
  })
}

/** A challenge may come without a state. An empty attribute is forbidden (RFC 2865, section 5). */
function stateOf(challenge: { state: string } | undefined): { state?: Buffer } {
  return challenge?.state ? { state: Buffer.from(challenge.state, 'base64') } : {}
}

function verdictOf({ kind, message, state }: RadiusAnswer, server: string): RadiusVerdict {
  if (kind === 'accept') return { kind: 'right' }
  if (kind === 'reject') return { kind: 'wrong' }
  return { kind: 'challenge', server, message, state: state?.toString('base64') ?? '' }
}

function toAsk(
  { servers }: RadiusServers,
  challenger: string | undefined,
  isSilent: (server: string) => boolean,
): readonly string[] {
  const named = servers
    .map((server) => server.slice(server.indexOf('|') + 1).trim())
    .filter((server) => server !== '')
  // rule S59: otherwise another server than that of the challenge gets the answer to it
  if (challenger !== undefined) return named.includes(challenger) ? [challenger] : []
  return named.toSorted((one, other) => Number(isSilent(one)) - Number(isSilent(other)))
}

function targetOf(server: string): { host: string; port: number } {
  const [, host = '', port] = /^(\[[^\]]*\]|[^:]*)(?::(\d{1,5}))?$/.exec(server) ?? []
  const number = port === undefined ? usualPort : Number(port)
  if (host === '' || number < 1 || number > 65_535) throw new Error('the server must be host or host:port')
  return { host, port: number }
}

function remember(silentUntil: Map<string, number>, server: string, until: number): void {
  silentUntil.delete(server)
  silentUntil.set(server, until)
  const [oldest] = silentUntil.keys()
  if (silentUntil.size > maxSilent && oldest !== undefined) silentUntil.delete(oldest)
}
