import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import type { Esvs } from '../esvs/esvs.ts'
import { deliveryCalls } from '../help-desk/webhooks/delivery-calls.ts'
import type { IdTokenPort, WebPort } from '../nodes/ports/outside-ports.ts'
import { logoutTokenSigner } from '../oauth/backchannel-logout.ts'
import { SigningKeyStore } from '../oauth/signing-keys.ts'
import { CallOutbox } from '../outbox/call-outbox.ts'
import { clientCertificates } from '../people/certificates/client-certificates.ts'
import { directories, ldapFence, realmDirectories } from '../people/directories/directories.ts'
import { breachCount, breachedPasswords } from '../people/passwords/breached-passwords.ts'
import { radiusClient, radiusFence } from '../people/radius/radius.ts'
import { keycloakStatusOf } from '../runtime/ask-by-mail.ts'
import type { HttpClientOptions, ScriptHttpClient } from '../sandbox/hosts/http-client.ts'
import type { StoredKeyRing } from '../secrets/key-ring.ts'
import { labelsForNodes } from '../secrets/secret-labels.ts'
import type { Stores } from '../store/stores.ts'
import type { Tracing } from '../telemetry/traces/tracing.ts'
import type { Outside } from './outside.ts'

/** Timeout of the service for breached passwords. Short, because a person waits for the response. */
const breachTimeoutMs = 3000

/** Lists of large authorities have some megabytes. A person waits for them. */
const revocationLists = { encoding: 'latin1', timeoutMs: 5000, maxBodyBytes: 4 << 20 } as const

/** Loaded with the first token. */
function idTokensOf(send: ScriptHttpClient): IdTokenPort {
  const load = async () => (await import('../people/providers/social/id-token.ts')).idTokens(send)
  let loaded: Promise<IdTokenPort> | undefined
  return {
    async verify(token, rules, now) {
      loaded ??= load()
      return (await loaded).verify(token, rules, now)
    },
  }
}

/** A person waits meanwhile. */
const maxTimeoutSeconds = 60

/** With a client of its own for a request that has a timeout or certificate of its own. */
function webOf(client: (options: HttpClientOptions) => ScriptHttpClient): Pick<WebPort, 'send'> {
  const usual = client({})
  return {
    send({ timeoutSeconds, clientCertificate, ...request }) {
      if (timeoutSeconds === undefined && clientCertificate === undefined) return usual(request)
      const timeoutMs = Math.min(timeoutSeconds ?? 10, maxTimeoutSeconds) * 1000
      return client({ timeoutMs, ...(clientCertificate && { clientCertificate }) })(request)
    },
  }
}

type Needs = {
  config: Pick<Config, 'httpAllow' | 'ldapAllow' | 'radiusAllow'>
  realms: Parameters<typeof realmDirectories>[0]['realms']
  stores: Pick<Stores, 'calls' | 'webhooks' | 'transactions' | 'verifications' | 'cluster' | 'secrets'>
  keyRing: StoredKeyRing
  esvs: Pick<Esvs, 'labelled'>
  log: Logger
  tracing: Tracing
  outside: Outside
}

/** Records a span for each call and passes its context on. The span names only the host, because paths can contain tokens. */
function tracedClient(send: ScriptHttpClient, tracing: Tracing): ScriptHttpClient {
  if (!tracing.isOn) return send
  return (request, transactionId) => {
    const { method } = request
    const host = URL.parse(request.url)?.host ?? ''
    const about = { 'http.request.method': method, 'server.address': host }
    return tracing.span(`call ${host}`.trim(), about, async (span) => {
      const headers = { ...request.headers, ...tracing.propagationHeaders() }
      const answer = await send({ ...request, headers }, transactionId)
      span.setAttributes({ 'http.response.status_code': answer.status })
      return answer
    })
  }
}

/** All outgoing connections except email, each behind its fence: those of scripts, nodes, password checks and webhooks. */
export function outgoingCalls({ config, stores, realms, keyRing, log, tracing, outside, esvs }: Needs) {
  const webhookSealer = keyRing.sealer('receivers')
  const { now, publish } = stores.cluster
  const changed = () => publish('configuration', '')
  const signingKeys = new SigningKeyStore({ secrets: stores.secrets, keyRing, now, changed })
  const allowedHosts = config.httpAllow
  const callOutbox = new CallOutbox({
    store: stores.calls,
    sealer: keyRing.sealer('calls'),
    // Webhooks learn only from their own endpoint, and our users see only the status.
    send: tracedClient(outside.http({ allowedHosts, isStatusOnly: true, maxBodyBytes: 65_536 }), tracing),
    signLogoutToken: logoutTokenSigner({ signingKeys, now }),
    callOf: deliveryCalls({ ...stores, store: stores.webhooks, sealer: webhookSealer, now }),
    async resultBody({ realm, transaction: hash }) {
      const found = await stores.transactions.read(hash)
      const own = found?.realm === realm ? found : undefined
      return JSON.stringify({ status: keycloakStatusOf(own, now()) })
    },
    tracing,
    now,
    timers: outside.timers,
    log,
  })
  const askBreachService = tracedClient(outside.http({ allowedHosts, timeoutMs: breachTimeoutMs }), tracing)
  const isBreached = breachedPasswords({
    send: askBreachService,
    onSilence: (reason) => log.warn({ reason }, 'checking a new password for breaches failed'),
  })
  const httpClient = tracedClient(outside.http({ allowedHosts }), tracing)
  const getFile = tracedClient(outside.http({ allowedHosts, ...revocationLists }), tracing)
  const secretIn = (realm: string, label: string) => esvs.labelled(realm, label)
  const fence = ldapFence(config.ldapAllow, outside.reachesPublicHosts)
  return {
    httpClient,
    isBreached,
    callOutbox,
    signingKeys,
    webhookSealer,
    directoryOf: realmDirectories({ realms, secretIn, fence }),
    /** For nodes. */
    services: {
      web: webOf((options) => tracedClient(outside.http({ allowedHosts, ...options }), tracing)),
      secretIn: (realm: string, label: string) => labelsForNodes((own) => secretIn(realm, own))(label),
      directories: directories(fence),
      idTokens: idTokensOf(httpClient),
      breachCount: breachCount(askBreachService),
      radius: radiusClient(radiusFence(config.radiusAllow, outside.reachesPublicHosts), now),
      certificates: clientCertificates(async (url) => {
        const { status, body } = await getFile({ url, method: 'GET', headers: {} })
        return { status, bytes: Buffer.from(body, 'latin1') }
      }),
    },
  }
}
