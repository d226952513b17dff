import { deviceAttributes } from '../../attributes/attribute.ts'
import type { AnyNodeType, NodeContext } from '../../engine/node-type.ts'
import { askingCookieOf } from '../../engine/server-cookies.ts'
import type { Guess } from '../../limits/guesses.ts'
import type { PersistentCookiePort } from '../../nodes/ports/device-ports.ts'
import type { WebPort } from '../../nodes/ports/outside-ports.ts'
import {
  type AttemptedFactor,
  type AttemptPort,
  type DevicePort,
  type MailPort,
  type MetricsPort,
  type NodePort,
  type Ports,
  tooManyAttempts,
} from '../../nodes/ports/ports.ts'
import { renderTemplate } from '../../outbox/render-template.ts'
import { deviceKeys } from '../../people/devices/device-keys.ts'
import { base32, counterOf } from '../../people/devices/oath-code.ts'
import { passkeys } from '../../people/devices/passkeys.ts'
import { newRecoveryCodes, useRecoveryCode } from '../../people/devices/recovery-codes.ts'
import { openDevice, sealDevice } from '../../people/devices/sealed-devices.ts'
import { thingTokens } from '../../people/devices/thing-tokens.ts'
import { usualBreachService } from '../../people/passwords/breached-passwords.ts'
import { isSameSecret, randomToken } from '../../secrets/digest.ts'
import { encryptedTokens } from '../../secrets/encrypted-token.ts'
import { isOf } from '../../sessions/persistent-cookies.ts'
import { trustedPages } from '../allowed-url.ts'
import { guessOriginOf, openersOf, type RunContext, type Visit } from '../run-context.ts'
import { guardedByAddress, reportAttack } from './address-guard.ts'
import { approvalPort } from './approval-port.ts'
import { backchannelPort } from './backchannel-port.ts'
import { directoryPort, identityPort, radiusPort } from './guarded-passwords.ts'
import { messagePort } from './message-port.ts'
import { pushPort } from './push-port.ts'
import { scriptPort } from './script-port.ts'
import { standInPort } from './stand-in-port.ts'
import { transformationPort } from './transformation-port.ts'
import { verificationPort } from './verification-port.ts'

type Binding = { run: RunContext; visit: Visit; context: NodeContext<unknown>; nodePort: () => NodePort }

const makers: { [Name in keyof Ports]: (binding: Binding) => Ports[Name] } = {
  identities: ({ run }) => identityPort(run),
  scripts: ({ run, visit, context }) => scriptPort(run, visit, context),
  backchannel: ({ run, visit }) => backchannelPort(run, visit),
  approvals: ({ run, visit }) => approvalPort(run, visit),
  verification: ({ run, visit }) => verificationPort(run, visit.name),
  nodes: ({ nodePort }) => nodePort(),
  mailer: ({ run }) => mailPort(run),
  messenger: ({ run }) => messagePort(run),
  secrets: ({ run: { world } }) => ({ ...world.random, isSame: isSameSecret }),
  devices: ({ run }) => devicePort(run),
  oath: () => ({ counterOf, base32 }),
  attempts: ({ run }) => attemptPort(run),
  passkeys: () => passkeys,
  deviceKeys: () => deviceKeys,
  thingTokens: () => thingTokens,
  authorizedKeys: ({ run }) => run.world.authorizedKeys,
  persistentCookies: ({ run }) => persistentCookiePort(run),
  directories: ({ run }) => directoryPort(run),
  radius: ({ run }) => radiusPort(run),
  idTokens: ({ run }) => run.world.services.idTokens,
  breaches: ({ run }) => breachPort(run),
  certificates: ({ run }) => run.world.services.certificates,
  web: ({ run }) => webPort(run),
  social: ({ run }) => run.world.social(run.step.request.realm.path),
  socialClients: ({ run }) => run.world.social(run.step.request.realm.path),
  transformations: ({ run, visit, context }) => transformationPort(run, visit, context),
  saml: ({ run }) => samlPort(run),
  metrics: ({ run }) => metricsPort(run),
  webhooks: ({ run: { world, step } }) => ({
    exists: (name) => world.hasWebhook(step.request.realm.path, name),
  }),
  selfService: ({ run }) => run.step.request.realm.settings.selfService,
  encryption: () => encryptedTokens,
  push: ({ run }) => pushPort(run),
  standIns: ({ run }) => standInPort(run.step.request.realm),
}

/** Binds the ports that the node type declares, and no others. */
export function bindPorts(
  type: AnyNodeType,
  run: RunContext,
  visit: Visit,
  context: NodeContext<unknown>,
  nodePort: () => NodePort,
): Partial<Ports> {
  const needed: readonly (keyof Ports)[] = type.needs
  if (needed.length === 0) return {}
  const binding = { run, visit, context, nodePort }
  return Object.fromEntries(needed.map((name) => [name, makers[name](binding)]))
}

/** A node reads only secrets that its realm may use. */
function webPort({ world: { services }, step: { request } }: RunContext): WebPort {
  const { web, secretIn } = services
  return { ...web, secret: (label) => secretIn(request.realm.path, label) }
}

/** Asks the service of the realm's password policy, if it has one. */
function breachPort({ world: { services }, step: { request } }: RunContext): Ports['breaches'] {
  const service = request.realm.settings.passwordPolicy.breachService || usualBreachService
  return { count: (password, userAgent) => services.breachCount(service, password, userAgent) }
}

/** Collects the emails of a step. They are sent after its commit. */
function mailPort({ world, step: { request }, effects }: RunContext): MailPort {
  const { realm, view } = request
  return {
    send: (mail) => void effects.mails.push(mail),
    async sendTemplate(name, to, object) {
      const template = await world.templateNamed(realm.path, name)
      if (template?.enabled !== true) return false
      effects.mails.push(renderTemplate(template, { to, object, locales: view.messageLocales }))
      return true
    },
  }
}

/** Collects measurements of nodes. They count after the commit. */
function metricsPort({ world, effects: { measurements } }: RunContext): MetricsPort {
  return {
    count: (key) => void measurements.push({ kind: 'count', key }),
    now: () => world.now(),
    time: (key, seconds) => void measurements.push({ kind: 'time', key, seconds }),
  }
}

/**
 * Reads the realm's persistent cookies. Ignores a cookie that is older than the last end of the person's sessions, and that of
 * a removed person with the same id.
 */
function persistentCookiePort({ world, step }: RunContext): PersistentCookiePort {
  const { path: realm } = step.request.realm
  return {
    async read(token, signingKey) {
      const remembered = await world.persistentCookies.read(token, { realm, signingKey }, step.now)
      if (remembered === undefined) return undefined
      const identity = await world.readIdentity(realm, remembered.personId)
      if (identity === undefined || !isOf(remembered, identity)) return undefined
      // rule S13: otherwise a persistent cookie survives a change of the account
      return remembered.issuedAt < (identity.sessionsEndedAt ?? 0) ? undefined : remembered
    },
  }
}

/** Devices of people, sealed in an attribute and saved with the step. */
function devicePort({ world, step, effects }: RunContext): DevicePort {
  const { identities } = effects
  const { deviceSealer } = world
  const ownerInState = `journey-session/${openersOf(step).journeySession}`
  return {
    async registered(personId, kind) {
      const sealedDevices = (await identities.find(personId))?.[deviceAttributes[kind]]
      if (!Array.isArray(sealedDevices)) return []
      return sealedDevices.flatMap((sealed) => openDevice(deviceSealer, personId, sealed) ?? [])
    },
    save: (personId, kind, devices) =>
      identities.patch(personId, {
        [deviceAttributes[kind]]: devices.map((device) => sealDevice(deviceSealer, personId, device)),
      }),
    seal: (device) => sealDevice(deviceSealer, ownerInState, device),
    open: (sealed) => openDevice(deviceSealer, ownerInState, sealed),
    newRecoveryCodes,
    useRecoveryCode,
  }
}

/** Checks second factors. Counts an attempt before its check, so that parallel attempts count, too. */
function attemptPort(run: RunContext): AttemptPort {
  return {
    async check(factor, personId, check) {
      const guess = guessOf(run, factor, personId)
      const policy = run.step.request.realm.settings.lockout
      const place = await run.world.guesses.placeOf(guess, policy)
      const counted = async () => {
        const standing = await run.world.guesses.count(guess, place, policy)
        // rule S05: otherwise a locked factor is still checked
        if (standing.kind === 'locked') return { kind: 'wrong', reason: tooManyAttempts } as const
        const tried = await check()
        if (tried.kind === 'right') await run.world.guesses.clear(place)
        else if (standing.isAlarm && personId !== undefined) await reportAttack(run, personId)
        return tried
      }
      // rule S05: otherwise wrong codes of many people from one address are not counted
      return place.isKnown ? counted() : guardedByAddress(run, counted)
    },
  }
}

/** A credential without a known person, such as an emailed code, belongs to the journey session. */
function guessOf({ world, step }: RunContext, factor: AttemptedFactor, personId: string | undefined): Guess {
  const owner = personId ?? `journey ${openersOf(step).journeySession}`
  return { realm: step.request.realm.path, owner, factor, origin: guessOriginOf(world, step) }
}

/** SAML identity providers. A request sets the cookie of the browser that asks: its response counts only there. */
function samlPort({ world, step: { request, frozen }, effects }: RunContext): Ports['saml'] {
  const { realm, view, askingCookie } = request
  const { baseUrl } = view
  const browser = askingCookie || randomToken()
  const port = () =>
    world.saml({
      ...{ realm: realm.path, journey: frozen.content.root },
      ...{ baseUrl, trusted: trustedPages(realm, baseUrl), browser },
    })
  return {
    finish: async (...answered) => (await port()).finish(...answered),
    startedThere: async (...answered) => (await port()).startedThere(...answered),
    async begin(...asked) {
      const started = await (await port()).begin(...asked)
      if (browser !== askingCookie) {
        effects.cookies.push(askingCookieOf(baseUrl, browser))
      }
      return started
    },
  }
}
