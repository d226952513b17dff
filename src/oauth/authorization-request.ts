import type { KoaContextWithOIDC } from 'oidc-provider'
import { z } from 'zod'
import { isPushed } from './pushed-requests.ts'

/** Additional parameters of a POST that submits a consent decision. Source: "Authorization endpoint parameters" of AM. */
export const decisionParameters = ['decision', 'csrf'] as const

/** Sidegate's own parameter: a signed mark that the person was sent to sign in, and when. See `sign-in-again.ts`. */
export const markParameter = 'sent_to_sign_in'

const text = z.string().exactOptional()

/** The parameters used here, after `oidc-provider` validated the request. */
const requestSchema = z.object({
  client_id: z.string(),
  redirect_uri: text,
  scope: text,
  acr_values: text,
  /** JSON, validated by `oidc-provider`. */
  claims: text,
  ui_locales: text,
  decision: text,
  csrf: text,
  [markParameter]: text,
})

export type AuthorizationRequest = z.infer<typeof requestSchema>

export function requestOf(ctx: KoaContextWithOIDC): AuthorizationRequest {
  return requestSchema.parse({ ...allParameters(ctx), ...postedDecision(ctx) })
}

/** The decision comes from the page's form, even if the client pushed the request, which then has no other parameters. */
function postedDecision(ctx: KoaContextWithOIDC): Record<string, string> {
  const form: Readonly<Record<string, unknown>> = isPushed(ctx) ? (ctx.oidc.body ?? {}) : {}
  return Object.fromEntries(
    decisionParameters.flatMap((name) => {
      const value = form[name]
      return typeof value === 'string' ? [[name, value]] : []
    }),
  )
}

/** All known parameters of the request, so that it can be sent again. */
export function allParameters({ oidc }: KoaContextWithOIDC): Record<string, string> {
  const given = Object.entries(oidc.params ?? {}).filter(
    (pair): pair is [string, string] => typeof pair[1] === 'string',
  )
  return Object.fromEntries(given)
}
