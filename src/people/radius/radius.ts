import type { RadiusPort, RadiusServers, RadiusVerdict } from '../../nodes/ports/outside-ports.ts'
import type { Fence } from '../../outgoing/fenced-socket.ts'
import { askServer } from './ask-server.ts'
import { fitsRequest, type RadiusAnswer } from './packet.ts'

/** Servers to remember. Beyond them the oldest are forgotten, which only costs time. */
const maxSilent = 1000

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
 * Asks RADIUS servers one after the other. Those that were silent are asked last for a while.
 * @param now epoch milliseconds.
 */
export function radiusClient(fence: Fence, now: () => number): (realm: string) => RadiusPort {
  // By realm, so that one with a wrong secret doesn't change the order for others.
  const silentUntil = new Map<string, number>()
  return (realm) => ({
    async check(settings, { username, password, challenge }) {
      if (!fitsRequest(username, password)) return { kind: 'wrong' }
      const state = challenge && Buffer.from(challenge.state, 'base64')
      const isSilent = (server: string) => (silentUntil.get(`${realm} ${server}`) ?? 0) > now()
      const problems: string[] = []
      for (const server of inOrder(settings, challenge?.server, isSilent)) {
        try {
          const question = { secret: Buffer.from(settings.secret), userName: username, password }
          const more = state === undefined ? {} : { state }
          const target = targetOf(server)
          const answer = await askServer(
            fence,
            target,
            { ...question, ...more },
            settings.timeoutSeconds * 1000,
          )
          silentUntil.delete(`${realm} ${server}`)
          return verdictOf(answer, server)
        } catch (error) {
          problems.push(`${server}: ${error instanceof Error ? error.message : 'failed'}`)
          remember(silentUntil, `${realm} ${server}`, now() + settings.retryAfterMinutes * 60_000)
        }
      }
      throw new Error(problems.length === 0 ? 'no server is configured' : problems.join('; '))
    },
  })
}

function verdictOf({ kind, message, state }: RadiusAnswer, server: string): RadiusVerdict {
  if (kind === 'accept') return { kind: 'right' }
  if (kind === 'reject') return { kind: 'wrong' }
  return { kind: 'challenge', server, message, state: state?.toString('base64') ?? '' }
}

/** Only the server of a challenge knows its state, so it comes first. */
function inOrder(
  { servers }: RadiusServers,
  challenger: string | undefined,
  isSilent: (server: string) => boolean,
): readonly string[] {
  const place = (server: string) => (server === challenger ? 0 : isSilent(server) ? 2 : 1)
  return servers
    .map((server) => server.slice(server.indexOf('|') + 1).trim())
    .filter((server) => server !== '')
    .toSorted((one, other) => place(one) - place(other))
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
