import type { KoaContextWithOIDC, Provider } from 'oidc-provider'
import { isJsonObject } from '../base/json.ts'
import { ownMetadataOf } from './client-metadata.ts'

type TokenOfLibrary = new (
  available: object,
  options: { ctx: KoaContextWithOIDC },
) => { extra: object; issue(options: { use: 'introspection' }): Promise<string> }

/** Answers a client with `tokenIntrospectionResponseFormat: SIGNED_JWT` as if it had asked for a token (RFC 9701), as AM does. */
export const signedIntrospection = {
  async finish(ctx: KoaContextWithOIDC): Promise<void> {
    const { route, client, provider } = ctx.oidc
    const isAnswered = route === 'introspection' && ctx.status === 200 && isJsonObject(ctx.body)
    if (!isAnswered || client === undefined || ownMetadataOf(client).signs_introspection !== true) return
    // The members are missing from the library's types.
    const IdToken = (provider as Provider & { IdToken: unknown }).IdToken as TokenOfLibrary
    const token = new IdToken({}, { ctx })
    token.extra = { token_introspection: ctx.body, aud: client.clientId }
    ctx.body = await token.issue({ use: 'introspection' })
    ctx.type = 'application/token-introspection+jwt'
  },
}
