import type { KoaContextWithOIDC } from 'oidc-provider'
import { z } from 'zod'
import type { OauthSettings } from '../realms/oauth-settings.ts'
import type { Session } from '../sessions/session.ts'
import { requestOf } from './authorization-request.ts'
import { anyContext } from './endpoints.ts'

type Contexts = OauthSettings['contexts']

const acrClaimSchema = z.object({
  id_token: z.object({
    acr: z.object({
      essential: z.boolean().default(false),
      value: z.string().exactOptional(),
      values: z.array(z.string()).exactOptional(),
    }),
  }),
})

/** The authentication contexts that a request asks for, in order of preference. */
export type RequestedContexts = {
  acrs: readonly string[]
  /** The request must fail if none of the contexts is satisfied. */
  isEssential: boolean
}

/**
 * Reads the parameter `acr_values` and the `acr` claim requested for the ID token. An essential claim overrides the parameter.
 * Source: "Authentication requirements".
 */
export function requestedContexts(ctx: KoaContextWithOIDC): RequestedContexts {
  const { acr_values: acrValues = '', claims = '{}' } = requestOf(ctx)
  const claim = acrClaimSchema.safeParse(JSON.parse(claims)).data?.id_token.acr
  const claimed = claim?.value === undefined ? (claim?.values ?? []) : [claim.value]
  if (claim?.essential === true && claimed.length > 0) return { acrs: claimed, isEssential: true }
  return { acrs: [...acrValues.split(' ').filter((acr) => acr !== ''), ...claimed], isEssential: false }
}

/** The journey of the first context that the realm has. Undefined: the realm's default journey, as in AM. */
export function journeyFor({ acrs }: RequestedContexts, contexts: Contexts): string | undefined {
  return acrs.flatMap((acr) => contexts.filter((each) => each.acr === acr))[0]?.journey
}

/** The first requested context that the session satisfies: one whose journey it came from, or `0`. */
export function satisfiedBy(
  session: Session | undefined,
  { acrs }: RequestedContexts,
  contexts: Contexts,
): string | undefined {
  const journey = session?.properties.Service
  return acrs.find((acr) => {
    const own = contexts.filter((each) => each.acr === acr)
    if (own.length === 0) return acr === anyContext && session !== undefined
    return own.some((each) => each.journey === journey)
  })
}
