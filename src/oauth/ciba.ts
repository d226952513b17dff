import type { Client, Configuration, errors, KoaContextWithOIDC } from 'oidc-provider'
import type { OutgoingCall } from '../outbox/call.ts'
import type { Identity } from '../people/identity.ts'
import type { Realm } from '../realms/realm.ts'
import { isBindingMessage } from './binding-message.ts'
import { ownMetadataOf } from './client-metadata.ts'
import { journeyFor } from './contexts.ts'
import type { OutOfBand, Prepared } from './out-of-band.ts'
import type { PairwiseSubjects } from './subjects.ts'

export type CibaNeeds = {
  outOfBand: OutOfBand
  /** @param hint a username, an id or a unique email address */
  findIdentity(realm: string, hint: string): Promise<Identity | undefined>
  subjects: Pick<PairwiseSubjects, 'personOf' | 'subjectOf'>
  /** Verifies the person's user code. Wrong codes count towards the limit. */
  checkUserCode(realm: Realm, personId: string, code: string, clientId: string): Promise<boolean>
  /** Logs why a person was not asked. Applications don't get the reason. */
  onRefusal(reason: string): void
}

type Hooks = NonNullable<NonNullable<Configuration['features']>['ciba']>
type Errors = typeof errors

/** The `oidc-provider` hooks for backchannel authentication (CIBA). Source: CIBA Core 1.0, section 7. */
export class Ciba {
  readonly #realm: Realm
  readonly #baseUrl: string
  readonly #needs: CibaNeeds
  readonly #errors: Errors
  readonly #prepared = new WeakMap<KoaContextWithOIDC, Prepared>()

  constructor({ realm, baseUrl }: { realm: Realm; baseUrl: string }, needs: CibaNeeds, errors: Errors) {
    this.#realm = realm
    this.#baseUrl = baseUrl
    this.#needs = needs
    this.#errors = errors
  }

  feature(): Hooks {
    return {
      enabled: true,
      deliveryModes: ['poll', 'ping'],
      processLoginHint: async (ctx, hint = '') => (await this.#find(ctx, hint))?.id,
      processLoginHintToken: async () => {
        throw new this.#errors.InvalidRequest('login_hint_token is not supported')
      },
      validateBindingMessage: async (_ctx, message) => {
        if (message !== undefined && !isBindingMessage(message)) {
          throw new this.#errors.InvalidBindingMessage('binding_message must be one short line of plain text')
        }
      },
      // The request context has no effect here.
      validateRequestContext: async () => undefined,
      verifyUserCode: async (ctx, { accountId }, code) => {
        await this.#checkUserCode(ctx, accountId, code)
        // Prepare before the library saves the request, so that a request for a person who can't be asked is never stored.
        this.#prepared.set(ctx, await this.#prepare(ctx, accountId))
      },
      triggerAuthenticationDevice: async (ctx, request, _account, client) => {
        const prepared = this.#prepared.get(ctx)
        if (prepared === undefined)
          throw new Error('a backchannel authentication request was saved without being prepared')
        request.params = { ...request.params, transaction: prepared.key }
        request.acr = this.#chosen(ctx)?.acr
        const id = await request.save()
        await prepared.ask(pingFor(client, ctx, id))
      },
    }
  }

  /** Adds the polling interval, which `oidc-provider` leaves out of its response. */
  async finish(ctx: KoaContextWithOIDC): Promise<void> {
    if (ctx.oidc.route !== 'backchannel_authentication' || ctx.status !== 200) return
    if (ctx.body instanceof Object) ctx.body = { ...ctx.body, interval: this.#settings.pollSeconds }
  }

  get #settings() {
    return this.#realm.settings.oauth.ciba
  }

  async #find({ oidc }: KoaContextWithOIDC, hint: string): Promise<Identity | undefined> {
    if (hint.length > 320) return undefined
    const { findIdentity, subjects } = this.#needs
    const { path } = this.#realm
    const { sector } = ownMetadataOf(oidc.client)
    return findIdentity(path, (await subjects.personOf(path, sector, hint)) ?? hint)
  }

  async #checkUserCode({ oidc }: KoaContextWithOIDC, personId: string, code?: string) {
    if (code === undefined || code === '') {
      if (oidc.client?.backchannelUserCodeParameter !== true) return
      throw new this.#errors.MissingUserCode('user_code is required')
    }
    const clientId = oidc.client?.clientId ?? ''
    if (code.length > 255 || !(await this.#needs.checkUserCode(this.#realm, personId, code, clientId))) {
      throw new this.#errors.InvalidUserCode('user_code is wrong')
    }
  }

  async #prepare(ctx: KoaContextWithOIDC, personId: string): Promise<Prepared> {
    const { client, params } = ctx.oidc
    const journey = this.#chosen(ctx)?.journey ?? this.#settings.journey
    if (journey === '')
      throw new this.#errors.InvalidRequest('acr_values must name an authentication context of the realm')
    if (client === undefined) throw new this.#errors.InvalidClient('The client is unknown')
    const { binding_message: message } = params ?? {}
    const prepared = await this.#needs.outOfBand.prepare({
      realm: this.#realm,
      baseUrl: this.#baseUrl,
      personId,
      journey,
      client: { id: client.clientId, name: client.clientName ?? client.clientId },
      message: typeof message === 'string' ? message : undefined,
      lifeSeconds: requestSeconds(ctx, this.#settings.lifeSeconds),
    })
    if (!('refusal' in prepared)) return prepared
    this.#needs.onRefusal(prepared.refusal)
    throw new this.#errors.AccessDenied('this person cannot be asked at the moment')
  }

  /** The first requested authentication context that the realm has. */
  #chosen({ oidc }: KoaContextWithOIDC): { acr: string; journey: string } | undefined {
    const { contexts } = this.#realm.settings.oauth
    const named = String(oidc.params?.acr_values ?? '').split(' ')
    for (const acr of named) {
      const journey = journeyFor({ acrs: [acr], isEssential: false }, contexts)
      if (journey !== undefined) return { acr, journey }
    }
    return undefined
  }
}

/** The lifetime of a request in seconds. An application can shorten the realm's lifetime, but not extend it. */
export function requestSeconds(ctx: KoaContextWithOIDC | undefined, most: number): number {
  const requested = Number(ctx?.oidc.params?.requested_expiry ?? most)
  return Number.isSafeInteger(requested) && requested > 0 ? Math.min(requested, most) : most
}

/** The notification for a client in ping mode. Names the request, but not its result. */
function pingFor(client: Client, { oidc }: KoaContextWithOIDC, id: string): OutgoingCall | undefined {
  const url = client.backchannelClientNotificationEndpoint
  if (client.backchannelTokenDeliveryMode !== 'ping' || url === undefined) return undefined
  return {
    url,
    method: 'POST',
    headers: {
      authorization: `Bearer ${String(oidc.params?.client_notification_token)}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ auth_req_id: id }),
  }
}
