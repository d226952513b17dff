import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import type { VerificationStore } from '../help-desk/checks/verification-store.ts'
import type { TransactionStore } from '../help-desk/transactions/transaction-store.ts'
import { receiverCalls } from '../help-desk/webhooks/receiver-calls.ts'
import type { ReceiverStore } from '../help-desk/webhooks/receiver-store.ts'
import type { CallStore } from '../outbox/call-store.ts'
import { Messenger } from '../outbox/messenger.ts'
import { directories, ldapFence, realmDirectories } from '../people/directories/directories.ts'
import { breachedPasswords } from '../people/passwords/breached-passwords.ts'
import { createHttpClient, type ScriptHttpClient } from '../sandbox/hosts/http-client.ts'
import type { StoredKeyRing } from '../secrets/key-ring.ts'
import { labelsForNodes, secretLabels } from '../secrets/secret-labels.ts'
import type { Neighbours } from '../store/cluster.ts'
import type { Tracing } from '../telemetry/traces/tracing.ts'

/** How long the service that knows passwords from breaches has for its answer: somebody waits for it. */
const breachAnswerMs = 3000

type Parts = {
  config: Pick<Config, 'httpAllow' | 'ldapAllow'>
  realms: Parameters<typeof realmDirectories>[0]['realms']
  stores: {
    calls: CallStore
    receivers: ReceiverStore
    transactions: TransactionStore
    verifications: VerificationStore
    neighbours: Pick<Neighbours, 'now'>
  }
  keyRing: StoredKeyRing
  log: Logger
  tracing: Tracing
}

/** The same client, with a span for each call, which whoever is called can go on with. The host alone is told: paths may hold tokens. */
export function tracedClient(send: ScriptHttpClient, tracing: Tracing): ScriptHttpClient {
  if (!tracing.isOn) return send
  return (request, transactionId) => {
    const { method } = request
    const host = URL.parse(request.url)?.host ?? ''
    const about = { 'http.request.method': method, 'server.address': host }
    return tracing.span(`call ${host}`.trim(), about, async (span) => {
      const headers = { ...request.headers, ...tracing.carried() }
      const answer = await send({ ...request, headers }, transactionId)
      span.note({ 'http.response.status_code': answer.status })
      return answer
    })
  }
}

/** All outgoing connections but mail, behind their fences: of scripts and nodes, for new passwords, and calls that we owe. */
export function outgoingCalls({ config, stores, realms, keyRing, log, tracing }: Parts) {
  /** Opens the secrets of webhooks. */
  const receiverSealer = keyRing.sealer('receivers')
  const { now } = stores.neighbours
  const allowedHosts = config.httpAllow
  const messenger = new Messenger({
    store: stores.calls,
    sealer: keyRing.sealer('calls'),
    // Whom we call says where they are: nobody else does.
    send: tracedClient(createHttpClient({ allowedHosts, isStatusOnly: true, maxBodyBytes: 65_536 }), tracing),
    callOf: receiverCalls({ ...stores, store: stores.receivers, sealer: receiverSealer, now }),
    tracing,
    now,
    log,
  })
  const isBreached = breachedPasswords({
    send: tracedClient(createHttpClient({ allowedHosts, timeoutMs: breachAnswerMs }), tracing),
    onSilence: (reason) => log.warn({ reason }, 'a new password was not compared with those from breaches'),
  })
  const httpClient = tracedClient(createHttpClient({ allowedHosts }), tracing)
  const secretNamed = secretLabels(process.env)
  const fence = ldapFence(config.ldapAllow)
  return {
    httpClient,
    isBreached,
    messenger,
    receiverSealer,
    directoryOf: realmDirectories({ realms, secretNamed, fence }),
    /** What nodes may reach. */
    outside: {
      web: { send: httpClient, secret: labelsForNodes(secretNamed) },
      directories: directories(fence),
    },
  }
}
