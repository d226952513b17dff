import { randomUUID } from 'node:crypto'
import { text } from 'node:stream/consumers'
import type { AuditTrail } from '../audit/audit-trail.ts'
import { isJsonObject, type JsonObject } from '../base/json.ts'
import { hasPlaceholder } from '../engine/placeholders.ts'
import type { Limit } from '../limits/limit.ts'
import type { Limits } from '../limits/limits.ts'
import { sourceOf } from '../limits/source.ts'
import { organisationOf, type Realm, realmName } from '../realms/realm.ts'
import { digest } from '../secrets/digest.ts'
import { pooledRandomBytes } from '../secrets/pooled-random-bytes.ts'
import type { Sealer } from '../secrets/seal.ts'
import { personClientNames, serviceAccountClient } from './admin-clients.ts'
import type { VerifyBearer } from './bearer.ts'
import { memberOf } from './client-changes.ts'
import { configuredClient } from './client-record.ts'
import { issuerOf, ownRoutes } from './endpoints.ts'
import type { OauthClientRecord, OauthClientStore, OauthStore } from './oauth-store.ts'
import {
  documentOf,
  metadataIn,
  RegistrationError,
  type RegistrationRules,
  registeredMetadata,
} from './registration-metadata.ts'
import { clientNames, plainName, registeredNames, type TakenNames } from './registration-names.ts'
import type { OwnRouteContext } from './token-info.ts'

export type RegistrationNeeds = {
  /** Clients as they are stored. */
  registry: Pick<OauthClientStore, 'all' | 'read' | 'register' | 'reregister' | 'unregister'>
  /** Clients with the values of their placeholders. */
  clients: Pick<OauthClientStore, 'read'>
  store: Pick<OauthStore, 'removeClient'>
  secrets: Sealer
  limits: Pick<Limits, 'take'>
  verifyBearer: VerifyBearer
  audit(realm: string): AuditTrail
  /** Epoch milliseconds. */
  now(): number
}

type Parts = RegistrationNeeds & {
  realm: Realm
  baseUrl: string
  addressOf(ctx: Pick<OwnRouteContext, 'req'>): string
}

const maxBodyLength = 32_768

const newSecret = () => pooledRandomBytes(32).toString('base64url')

/**
 * Lets applications register themselves, and manage their registration with a token of their own. Sources: RFC 7591, RFC 7592, and
 * "Dynamic client registration" of the vendor. `oidc-provider` could do it, but takes far more metadata than we want to give away.
 */
export class Registration {
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
  }

  async answer(ctx: OwnRouteContext): Promise<void> {
    ctx.set('Cache-Control', 'no-store')
    try {
      if (ctx.method === 'POST') await this.#register(ctx)
      else await this.#manage(ctx)
    } catch (error) {
      if (!(error instanceof RegistrationError)) throw error
      refuse(ctx, 400, error.code, error.message)
    }
  }

  async #register(ctx: OwnRouteContext): Promise<void> {
    const { realm, registry, now, addressOf } = this.#parts
    const { registration } = realm.settings.oauth
    const by = await this.#registrant(ctx)
    if (by === undefined) return refuseToken(ctx)
    const wait = await this.#flood(registrationLimits(realm, addressOf(ctx)))
    if (wait !== undefined) return refuseFlood(ctx, wait, 'Too many applications register')
    const id = randomUUID()
    const secret = newSecret()
    const token = registration.isManaged ? newSecret() : undefined
    const made = await this.#clientOf(ctx, id, secret)
    const client = {
      ...made,
      registeredAt: now(),
      ...(token === undefined ? {} : { registrationTokenHash: digest(token) }),
    }
    if (!(await registry.register(realm.path, client, registration.maxClients))) {
      return refuse(ctx, 503, 'temporarily_unavailable', 'The realm has as many applications as it allows')
    }
    this.#record(ctx, id, 'CREATE', by)
    ctx.status = 201
    ctx.body = { ...this.#shown(client, token), ...secretOf(client, secret) }
  }

  /** Reads, changes or removes the client of the token. */
  async #manage(ctx: OwnRouteContext): Promise<void> {
    const { realm, registry, store } = this.#parts
    const token = bearerOf(ctx)
    const { isManaged } = realm.settings.oauth.registration
    // rule S54: otherwise registration tokens work after the realm turned them off
    const client = token === undefined || !isManaged ? undefined : await this.#clientWith(ctx, token)
    if (client === undefined || token === undefined) return refuseToken(ctx)
    const wait = await this.#flood([
      // rule S54: otherwise an application changes its registration without a limit
      managementLimit(realm, client.id),
    ])
    if (wait !== undefined)
      return refuseFlood(ctx, wait, 'The application changes its registration too often')
    if (ctx.method === 'GET') {
      ctx.status = 200
      ctx.body = this.#shown(client, token)
    } else if (ctx.method === 'PUT') await this.#change(ctx, client, token)
    else if (ctx.method === 'DELETE') {
      if (!(await registry.unregister(realm.path, client.id, digest(token)))) return refuseToken(ctx)
      await store.removeClient(realm.path, client.id)
      this.#record(ctx, client.id, 'DELETE', client.id)
      ctx.status = 204
    } else refuse(ctx, 405, 'invalid_request', 'Use POST, GET, PUT or DELETE')
  }

  async #change(ctx: OwnRouteContext, old: OauthClientRecord, token: string): Promise<void> {
    const { realm, registry, secrets } = this.#parts
    const known = old.sealedSecret === undefined ? newSecret() : secrets.open(old.sealedSecret)
    const made = await this.#clientOf(ctx, old.id, known, old)
    if (!(await registry.reregister(realm.path, { ...made, registrationTokenHash: digest(token) }))) {
      return refuseToken(ctx)
    }
    this.#record(ctx, old.id, 'UPDATE', old.id)
    ctx.status = 200
    ctx.body = { ...this.#shown({ ...old, ...made }, token), ...secretOf(made, known) }
  }

  /** @returns who registers; undefined if the request isn't allowed. */
  async #registrant(ctx: OwnRouteContext): Promise<string | undefined> {
    const { realm, verifyBearer } = this.#parts
    const { access, scope } = realm.settings.oauth.registration
    if (access === 'open') return 'anybody'
    const token = bearerOf(ctx)
    const bearer =
      access === 'token' && token !== undefined ? await verifyBearer(realm.path, token) : undefined
    // rule S54: otherwise any access token registers applications
    return bearer?.scopes.includes(scope) === true ? bearer.clientId : undefined
  }

  /** Counts before anything is read, so that wrong requests count, too. @returns milliseconds to wait. */
  async #flood(all: readonly Limit[]): Promise<number | undefined> {
    for (const limit of all) {
      const taken = await this.#parts.limits.take(limit)
      // rule S54: otherwise registrations are not limited
      if (taken.kind === 'full') return taken.waitMs
    }
    return undefined
  }

  async #clientOf(
    ctx: OwnRouteContext,
    id: string,
    secret: string,
    old?: OauthClientRecord,
  ): Promise<OauthClientRecord> {
    const { secrets } = this.#parts
    const body = await bodyOf(ctx)
    if (old !== undefined) checkOwn(body, id, secret)
    const rules = await this.#rules(id)
    const metadata = registeredMetadata(body, rules)
    const document = documentOf(metadata, rules, {
      description: 'Registered itself',
      // Applications that registered themselves before clients had this switch may not use PKCE.
      // rule S45: otherwise an application that registered itself drops PKCE by a change
      requirePkce:
        old === undefined || memberOf(old.document, 'advancedOAuth2ClientConfig', 'requirePkce') === true,
    })
    const hasSecret = !['none', 'private_key_jwt'].includes(metadata.token_endpoint_auth_method)
    const made = configuredClient(id, document, {
      sealedSecret: hasSecret ? secrets.seal(secret) : undefined,
      seal: (sent) => secrets.seal(sent),
      lookup: () => undefined,
    })
    if (!('fault' in made)) return made.client
    throw new RegistrationError('invalid_client_metadata', `${made.fault.path}: ${made.fault.message}`)
  }

  /** @param id of the application, whose own name is no other's. */
  async #rules(id: string): Promise<RegistrationRules> {
    const { realm, baseUrl } = this.#parts
    return {
      settings: realm.settings.oauth,
      ownHosts: [new URL(baseUrl).host, ...realm.settings.allowedHosts],
      takenNames: await this.#takenNames(id),
    }
  }

  async #takenNames(id: string): Promise<TakenNames> {
    const { realm, registry } = this.#parts
    const others = (await registry.all(realm.path)).filter((client) => client.id !== id)
    const isOwn = ({ registeredAt }: OauthClientRecord) => registeredAt === undefined
    const configured = await Promise.all(others.filter(isOwn).map((client) => this.#namesOf(client)))
    const fixed = [
      organisationOf(realm),
      realmName(realm.path),
      'Sidegate',
      serviceAccountClient,
      ...personClientNames,
    ]
    const registered = others.filter((client) => !isOwn(client))
    return {
      reserved: [...configured.flat(), ...fixed].map(plainName),
      registered: registered.flatMap(({ document }) => registeredNames(document)),
    }
  }

  /** The id and the names of an administrator's client, as people see them. */
  async #namesOf(client: OauthClientRecord): Promise<string[]> {
    const { realm, clients } = this.#parts
    // rule S54: otherwise an application takes a name that a client has from a variable
    const valued = hasPlaceholder(client.document) ? await clients.read(realm.path, client.id) : client
    return [client.id, ...clientNames(valued?.document ?? {})]
  }

  async #clientWith(ctx: OwnRouteContext, token: string): Promise<OauthClientRecord | undefined> {
    const { realm, registry } = this.#parts
    const { client_id: id } = ctx.query
    const client = typeof id === 'string' ? await registry.read(realm.path, id) : undefined
    // rule S54: otherwise a registration token manages other clients
    const isOwner =
      client?.registrationTokenHash !== undefined && client.registrationTokenHash === digest(token)
    return isOwner ? client : undefined
  }

  #shown({ id, document, registeredAt }: OauthClientRecord, token: string | undefined): JsonObject {
    const { realm, baseUrl } = this.#parts
    const address = issuerOf(realm.path, baseUrl) + ownRoutes.registration
    return {
      client_id: id,
      client_id_issued_at: Math.floor((registeredAt ?? 0) / 1000),
      ...metadataIn(document),
      ...(token === undefined
        ? {}
        : {
            registration_access_token: token,
            registration_client_uri: `${address}?client_id=${encodeURIComponent(id)}`,
          }),
    }
  }

  #record(ctx: OwnRouteContext, id: string, operation: 'CREATE' | 'UPDATE' | 'DELETE', by: string): void {
    const { realm, audit, addressOf } = this.#parts
    audit(realm.path).record({
      eventName: 'AM-CONFIG-CHANGE',
      result: 'SUCCESSFUL',
      ip: addressOf(ctx),
      what: { kind: 'oauthClient', id, operation },
      entries: { reason: 'registration', by },
    })
  }
}

/** Registrations of a realm, and of one address. */
function registrationLimits({ path, settings }: Realm, address: string): Limit[] {
  const { maxPerHour } = settings.oauth.registration
  const windowMs = 3_600_000
  const fair = Math.ceil(maxPerHour / 2)
  return [
    { key: `${path} registrations of clients from ${sourceOf(address)}`, max: fair, windowMs },
    { key: `${path} registrations of clients`, max: maxPerHour, windowMs },
  ]
}

/** Enough for an application that looks after its registration. */
function managementLimit({ path }: Realm, client: string): Limit {
  return { key: `${path} management of the client ${client}`, max: 60, windowMs: 3_600_000 }
}

function refuseFlood(ctx: OwnRouteContext, waitMs: number, problem: string): void {
  ctx.set('Retry-After', String(Math.ceil(waitMs / 1000)))
  refuse(ctx, 429, 'temporarily_unavailable', `${problem}: try again later`)
}

function refuse(ctx: OwnRouteContext, status: number, error: string, description: string): void {
  ctx.status = status
  ctx.body = { error, error_description: description }
}

function refuseToken(ctx: OwnRouteContext): void {
  ctx.set('WWW-Authenticate', 'Bearer error="invalid_token"')
  refuse(ctx, 401, 'invalid_token', 'The request needs a valid access token')
}

function bearerOf(ctx: OwnRouteContext): string | undefined {
  return /^Bearer ([\w.~+/=-]+)$/i.exec(ctx.get('authorization'))?.[1]
}

/** The secret is shown when it was made or sent, and never read back. */
function secretOf({ sealedSecret }: OauthClientRecord, secret: string): JsonObject {
  return sealedSecret === undefined ? {} : { client_secret: secret, client_secret_expires_at: 0 }
}

async function bodyOf(ctx: OwnRouteContext): Promise<unknown> {
  const length = Number(ctx.get('content-length') || Number.NaN)
  const isJson = ctx.is('application/json') !== false && length <= maxBodyLength
  if (!isJson) throw new RegistrationError('invalid_client_metadata', 'Send JSON of at most 32,768 bytes')
  try {
    return JSON.parse(await text(ctx.req))
  } catch {
    throw new RegistrationError('invalid_client_metadata', 'The request is no JSON')
  }
}

/** Source: RFC 7592, section 2.2. */
function checkOwn(body: unknown, id: string, secret: string): void {
  const { client_id: named, client_secret: sent } = isJsonObject(body) ? body : {}
  const isSame =
    named === id && (sent === undefined || (typeof sent === 'string' && digest(sent) === digest(secret)))
  if (!isSame) {
    throw new RegistrationError(
      'invalid_client_metadata',
      'client_id and client_secret must be those of the client',
    )
  }
}
