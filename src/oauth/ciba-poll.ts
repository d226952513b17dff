import type {
  BackchannelAuthenticationRequest,
  errors,
  Provider,
  TokenEndpointGrantContext,
} from 'oidc-provider'
import { digest } from '../secrets/digest.ts'
import { allowOwnScopes } from './client-credentials.ts'
import { cibaGrantType, deviceGrantType } from './endpoints.ts'
import type { OauthStore } from './oauth-store.ts'
import type { OutOfBand, OutOfBandAnswer } from './out-of-band.ts'

type ProviderClass = typeof Provider

/** The grant type's parameters, and those allowed more than once. */
type Rest = [params?: Iterables, duplicates?: Iterables]
type Iterables = string | readonly string[] | ReadonlySet<string>

export type PollNeeds = {
  realm: string
  store: Pick<OauthStore, 'poll'>
  outOfBand: Pick<OutOfBand, 'answer'>
  /** Minimum interval between two token requests for the same authentication request. */
  pollSeconds: number
  /** The same for devices. */
  devicePollSeconds: number
  /** Epoch milliseconds. */
  now(): number
  errors: Pick<typeof errors, 'SlowDown' | 'InvalidScope'>
}

/**
 * Extends the grant types of `oidc-provider`: scopes of client credentials are the client's own, devices poll slowly, and CIBA reads
 * the transaction's result when a client asks for its tokens. The transaction is the only source
 * of the result, and only this code copies it into the authentication request.
 */
export function pollingProvider(Base: ProviderClass, needs: PollNeeds): ProviderClass {
  return class extends Base {
    override registerGrantType<Params extends object>(
      name: string,
      handler: (ctx: TokenEndpointGrantContext<Params>) => void | Promise<void>,
      ...rest: Rest
    ): void {
      const pollingHandler = async (ctx: TokenEndpointGrantContext<Params>) => {
        if (name === cibaGrantType) await readResult(this, ctx, needs)
        if (name === deviceGrantType) await slowDown(this, ctx, needs)
        if (name === 'client_credentials') allowOwnScopes(ctx, needs.errors.InvalidScope)
        return handler(ctx)
      }
      super.registerGrantType<Params>(name, pollingHandler, ...rest)
    }
  }
}

/** Refuses a device that polls too fast. */
async function slowDown(
  provider: Provider,
  ctx: TokenEndpointGrantContext<object>,
  { realm, store, now, devicePollSeconds, errors }: PollNeeds,
): Promise<void> {
  const id = 'device_code' in ctx.oidc.params ? ctx.oidc.params.device_code : undefined
  const code = typeof id === 'string' ? await provider.DeviceCode.find(id) : undefined
  if (typeof id !== 'string' || code?.clientId !== ctx.oidc.client.clientId) return
  const since = now() - devicePollSeconds * 1000
  if (!(await store.poll(realm, 'DeviceCode', digest(id), since, now()))) throw new errors.SlowDown()
}

async function readResult(
  provider: Provider,
  ctx: TokenEndpointGrantContext<object>,
  { outOfBand, realm, store, now, pollSeconds, errors }: PollNeeds,
): Promise<void> {
  const id = 'auth_req_id' in ctx.oidc.params ? ctx.oidc.params.auth_req_id : undefined
  const { clientId } = ctx.oidc.client
  const request =
    typeof id === 'string' ? await provider.BackchannelAuthenticationRequest.find(id) : undefined
  // The handler rejects all other requests with the right error.
  if (typeof id !== 'string' || request?.clientId !== clientId || request.consumed) return
  if (request.grantId !== undefined || request.error !== undefined) return
  const { transaction } = request.params ?? {}
  const reaction =
    typeof transaction === 'string' ? await outOfBand.answer(realm, transaction) : ({ kind: 'gone' } as const)
  const isWaiting = reaction.kind === 'waiting'
  // Only a client that waits can be too fast (CIBA Core, section 11): after a ping it asks at once. Of several that ask at the
  // same time, one copies the result. Another can take its place if it doesn't.
  const [asked, pause] = [now(), pollSeconds * 1000]
  const [since, at] = isWaiting ? [asked - pause, asked] : [asked, asked + pause]
  const isFirst = await store.poll(realm, 'BackchannelAuthenticationRequest', digest(id), since, at)
  if (!isFirst) throw new errors.SlowDown()
  if (!isWaiting) await copyResult(provider, request, reaction)
}

async function copyResult(
  provider: Provider,
  request: BackchannelAuthenticationRequest,
  reaction: Exclude<OutOfBandAnswer, { kind: 'waiting' }>,
): Promise<void> {
  if (reaction.kind === 'approved') {
    const { accountId, clientId, scope = '' } = request
    const grant = new provider.Grant({ accountId, clientId })
    grant.addOIDCScope(scope)
    request.grantId = await grant.save()
    request.authTime = Math.floor(reaction.at / 1000)
    if (reaction.methods.length > 0) request.amr = reaction.methods
  } else {
    request.error = 'access_denied'
    request.errorDescription = 'the person did not allow it'
  }
  await request.save()
}
