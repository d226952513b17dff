import type { AnyNodeType, NodeContext } from '../../engine/node-type.ts'
import type { MailPort, MetricsPort, NodePort, Ports } from '../../nodes/ports/ports.ts'
import { renderTemplate } from '../../outbox/render-template.ts'
import { deviceKeys } from '../../people/devices/device-keys.ts'
import { base32, counterOf } from '../../people/devices/oath-code.ts'
import { passkeys } from '../../people/devices/passkeys.ts'
import { thingTokens } from '../../people/devices/thing-tokens.ts'
import { isSameSecret } from '../../secrets/digest.ts'
import { digits, hex } from '../../secrets/random.ts'
import { isTrustedPage } from '../allowed-url.ts'
import type { RunContext, Visit } from '../run-context.ts'
import { attemptPort } from './attempt-port.ts'
import { backchannelPort } from './backchannel-port.ts'
import { devicePort } from './device-port.ts'
import { directoryPort, identityPort } from './guarded-passwords.ts'
import { persistentCookiePort } from './persistent-cookie-port.ts'
import { scriptPort } from './script-port.ts'
import { transformationPort } from './transformation-port.ts'
import { verificationPort } from './verification-port.ts'

/** Binds the ports that the node type declares, and no others. */
export function bindPorts(
  type: AnyNodeType,
  run: RunContext,
  visit: Visit,
  context: NodeContext<unknown>,
  nodePort: () => NodePort,
): Partial<Ports> {
  const { world } = run
  const { realm } = run.step.request
  const make: { [Name in keyof Ports]: () => Ports[Name] } = {
    identities: () => identityPort(run),
    scripts: () => scriptPort(run, context),
    backchannel: () => backchannelPort(run, visit),
    verification: () => verificationPort(run, visit.name),
    nodes: nodePort,
    mailer: () => mailPort(run),
    secrets: () => ({ digits, hex, isSame: isSameSecret }),
    devices: () => devicePort(run),
    oath: () => ({ counterOf, base32 }),
    attempts: () => attemptPort(run),
    passkeys: () => passkeys,
    deviceKeys: () => deviceKeys,
    thingTokens: () => thingTokens,
    authorizedKeys: () => world.authorizedKeys,
    persistentCookies: () => persistentCookiePort(run),
    directories: () => directoryPort(run),
    web: () => world.outside.web,
    social: () => world.social(realm.path),
    socialClients: () => world.social(realm.path),
    transformations: () => transformationPort(run, context),
    saml: () => samlPort(run),
    metrics: () => metricsPort(run),
    webhooks: () => ({ exists: (name) => world.hasWebhook(realm.path, name) }),
    selfService: () => realm.settings.selfService,
  }
  const needed: readonly (keyof Ports)[] = type.needs
  return Object.fromEntries(needed.map((name) => [name, make[name]()]))
}

/** Collects the emails of a step. They are sent after its commit. */
function mailPort({ world, step: { request }, effects }: RunContext): MailPort {
  const { realm, view } = request
  return {
    send: (mail) => void effects.mails.push(mail),
    async sendTemplate(name, to, object) {
      const template = await world.templateNamed(realm.path, name)
      if (template?.enabled !== true) return false
      effects.mails.push(renderTemplate(template, { to, object, locales: view.locales }))
      return true
    },
  }
}

/** Collects measurements of nodes. They count after the commit. */
function metricsPort({ effects: { measurements } }: RunContext): MetricsPort {
  return {
    count: (key) => void measurements.push({ kind: 'count', key }),
    now: () => Date.now(),
    time: (key, seconds) => void measurements.push({ kind: 'time', key, seconds }),
  }
}

function samlPort({ world, step: { request } }: RunContext): Ports['saml'] {
  const { realm, view } = request
  const isTrusted = isTrustedPage(realm, view.baseUrl)
  return world.saml({ realm: realm.path, baseUrl: view.baseUrl, isTrusted })
}
