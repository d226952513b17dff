import type { KoaContextWithOIDC } from 'oidc-provider'
import { z } from 'zod'
import type { OauthSettings } from '../realms/oauth-settings.ts'
import type { Session } from '../sessions/session.ts'
import { requestOf } from './authorization-request.ts'

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

/** The authentication context classes that a request asks for, the best first. */
export type WantedContexts = {
  acrs: readonly string[]
  /** The client would rather have nobody than somebody who signed in otherwise. */
  isEssential: boolean
}

/**
 * By the parameter `acr_values`, or by the claim `acr` of the ID token, which may be essential and counts alone then.
 * Source: "Authentication requirements".
 */
export function wantedContexts(ctx: KoaContextWithOIDC): WantedContexts {
  const { acr_values: asked = '', claims = '{}' } = requestOf(ctx)
  const claim = acrClaimSchema.safeParse(JSON.parse(claims)).data?.id_token.acr
  const claimed = claim?.value === undefined ? (claim?.values ?? []) : [claim.value]
  if (claim?.essential === true && claimed.length > 0) return { acrs: claimed, isEssential: true }
  return { acrs: [...asked.split(' ').filter((acr) => acr !== ''), ...claimed], isEssential: false }
}

/** The journey for the first class that the realm knows; undefined leaves it at the realm's own, as AM does. */
export function journeyFor({ acrs }: WantedContexts, contexts: Contexts): string | undefined {
  return acrs.flatMap((acr) => contexts.filter((each) => each.acr === acr))[0]?.journey
}

/** Of the classes that were asked for, the first that a session satisfies: its journey is the one that stands for it. */
export function satisfiedBy(
  session: Session | undefined,
  { acrs }: WantedContexts,
  contexts: Contexts,
): string | undefined {
  const journey = session?.properties.Service
  return acrs.find((acr) => contexts.some((each) => each.acr === acr && each.journey === journey))
}
