import type { KoaContextWithOIDC } from 'oidc-provider'

/**
 * Answers a session check that names no address: 204 while the session lasts, otherwise 400, because a script in the
 * page can't follow the redirection to the registered address. Source: AM's "Session management", `response_type=none`.
 */
export function answerSessionCheck(ctx: KoaContextWithOIDC): void {
  const { response_type: type, redirect_uri: address, prompt } = ctx.query
  if (type !== 'none' || prompt !== 'none' || address !== undefined || ctx.status !== 303) return
  const answered = URL.parse(ctx.response.get('Location'))?.searchParams
  ctx.remove('Location')
  ctx.body = null
  ctx.status = 204
  const error = answered?.get('error')
  if (error == null) return
  ctx.status = 400
  ctx.body = { error, error_description: answered?.get('error_description') }
}
