import type { KoaContextWithOIDC } from 'oidc-provider'
import { z } from 'zod'

/** What a POST says besides, when somebody has decided. Source: "Authorization endpoint parameters" of AM. */
export const decisionParameters = ['decision', 'csrf'] as const

/** Ours: says that somebody was sent to sign in, and when. See `sign-in-again.ts`. */
export const markParameter = 'sent_to_sign_in'

const text = z.string().exactOptional()

/** The parameters that decide something here, once `oidc-provider` has checked the request. */
const requestSchema = z.object({
  client_id: z.string(),
  redirect_uri: text,
  scope: text,
  acr_values: text,
  /** JSON, checked by `oidc-provider`. */
  claims: text,
  ui_locales: text,
  decision: text,
  csrf: text,
  [markParameter]: text,
})

export type AuthorizationRequest = z.infer<typeof requestSchema>

export function requestOf(ctx: KoaContextWithOIDC): AuthorizationRequest {
  return requestSchema.parse(allParameters(ctx))
}

/** Every parameter that was given and is known, to be sent once more. */
export function allParameters({ oidc }: KoaContextWithOIDC): Record<string, string> {
  const given = Object.entries(oidc.params ?? {}).filter(
    (pair): pair is [string, string] => typeof pair[1] === 'string',
  )
  return Object.fromEntries(given)
}
