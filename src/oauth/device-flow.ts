import type { Configuration, errors, KoaContextWithOIDC } from 'oidc-provider'
import type { Limit } from '../limits/limit.ts'
import { sourceOf } from '../limits/source.ts'
import type { Realm } from '../realms/realm.ts'
import { isAdminClient } from './admin-clients.ts'
import { shortDevicePage } from './endpoints.ts'

type Hooks = NonNullable<NonNullable<Configuration['features']>['deviceFlow']>

/** Parameters of a device's request that would have no effect. */
const unserved = ['claims', 'acr_values', 'id_token_hint'] as const

/**
 * The `oidc-provider` hooks of the device flow. Its pages are in `device-page.ts`. Source: RFC 8628.
 * @param now epoch milliseconds.
 */
export function deviceFeature(
  { InvalidRequest }: Pick<typeof errors, 'InvalidRequest'>,
  now: () => number,
): Hooks {
  return {
    enabled: true,
    charset: 'base-20',
    mask: '****-****',
    // The library calls this before it saves a request.
    deviceInfo(ctx) {
      const name = unserved.find((each) => ctx.oidc.body?.[each] !== undefined)
      if (name !== undefined) throw new InvalidRequest(`${name} is not supported in the device flow`)
      return { askedAt: now() }
    },
    userCodeInputSource: neverShown,
    userCodeConfirmSource: neverShown,
    successSource: neverShown,
  }
}

/** The library's own pages can't be reached. */
async function neverShown(): Promise<never> {
  throw new Error('a page of oidc-provider was reached')
}

/** Adds the vendor's names and a short address to the answer to a device, and leaves out the address that contains the user code. */
export class DeviceAnswers {
  readonly #added: Record<string, unknown>
  readonly #realm: string

  constructor({ path, settings }: Realm, baseUrl: string) {
    const page = shortDevicePage(path, baseUrl)
    this.#realm = path
    this.#added = {
      verification_uri: page,
      verification_url: page,
      interval: settings.oauth.device.pollSeconds,
    }
  }

  async finish(ctx: KoaContextWithOIDC): Promise<void> {
    if (ctx.oidc.route !== 'device_authorization' || ctx.status !== 200) return
    if (!(ctx.body instanceof Object) || !('verification_uri' in ctx.body)) return
    // A person would only have to follow a link with the code, also one that an attacker sent for a device of their own.
    const {
      // rule S48: otherwise a link contains the code of a device
      verification_uri_complete,
      ...body
    } = ctx.body as Record<string, unknown>
    const { client } = ctx.oidc
    // The vendor's server for assistants shows nothing but this address. The page doesn't read the code after it: people type it.
    const shown = isAdminClient(this.#realm, client?.clientId)
      ? { verification_uri_complete: `${this.#added.verification_uri}#${body.user_code}` }
      : {}
    ctx.body = { ...body, ...this.#added, ...shown }
  }
}

/** Requests of devices from one address, because each stores a row, also of anonymous clients. */
export function deviceRequestLimit(realm: string, address: string): Limit {
  return { key: `${realm} requests of devices from ${sourceOf(address)}`, max: 100, windowMs: 10 * 60_000 }
}
