import type { Provider, TokenEndpointGrantContext } from 'oidc-provider'

type Token = InstanceType<Provider['AccessToken']> | InstanceType<Provider['ClientCredentials']>

/** Saves a token of a grant type of ours, and answers with it. */
export async function issue(ctx: TokenEndpointGrantContext, token: Token, more: object = {}): Promise<void> {
  ctx.oidc.entity(token.kind as 'AccessToken', token as InstanceType<Provider['AccessToken']>)
  const { expiration: expires_in, tokenType: token_type, scope } = token
  ctx.body = { access_token: await token.save(), expires_in, token_type, scope, ...more }
}
