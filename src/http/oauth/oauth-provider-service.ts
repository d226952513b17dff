import { z } from 'zod'
import type { JsonObject } from '../../engine/json.ts'
import type { RealmSettings } from '../../realms/realm.ts'
import { parseAttributes } from '../configuration-resource.ts'
import type { RealmService } from '../realms/realm-service.ts'

const seconds = z.int().min(1)

/** The supported members; AM's document has many more. All are optional. */
const providerSchema = z.object({
  coreOAuth2Config: z
    .object({ codeLifetime: seconds, accessTokenLifetime: seconds, refreshTokenLifetime: seconds })
    .partial()
    .default({}),
  coreOIDCConfig: z.object({ jwtTokenLifetime: seconds }).partial().default({}),
  cibaConfig: z
    .object({ cibaAuthReqIdLifetime: seconds, cibaMinimumPollingInterval: seconds })
    .partial()
    .default({}),
  advancedOIDCConfig: z
    .object({ loaMapping: z.record(z.string(), z.string(), 'must be classes with the names of journeys') })
    .partial()
    .default({}),
})

type ProviderDocument = z.infer<typeof providerSchema>

/** AM's OAuth2 provider service, limited to our settings. Source: "OAuth2 Provider" of the vendor's reference. */
export const oauthProviderService: RealmService = {
  id: 'oauth-oidc',
  name: 'OAuth2 Provider',
  show({ oauth }): JsonObject {
    return {
      coreOAuth2Config: {
        codeLifetime: oauth.codeSeconds,
        accessTokenLifetime: oauth.accessTokenSeconds,
        refreshTokenLifetime: oauth.refreshTokenSeconds,
      },
      coreOIDCConfig: { jwtTokenLifetime: oauth.idTokenSeconds },
      cibaConfig: {
        cibaAuthReqIdLifetime: oauth.ciba.lifeSeconds,
        cibaMinimumPollingInterval: oauth.ciba.pollSeconds,
      },
      advancedOIDCConfig: {
        loaMapping: Object.fromEntries(oauth.contexts.map(({ acr, journey }) => [acr, journey])),
      },
    }
  },
  apply(settings, body): RealmSettings {
    return { ...settings, oauth: after(settings.oauth, parseAttributes(providerSchema, body)) }
  },
}

function after(old: RealmSettings['oauth'], document: ProviderDocument): RealmSettings['oauth'] {
  const {
    coreOAuth2Config: core,
    coreOIDCConfig: openId,
    advancedOIDCConfig: advanced,
    cibaConfig,
  } = document
  const { loaMapping } = advanced
  return {
    ...old,
    codeSeconds: core.codeLifetime ?? old.codeSeconds,
    accessTokenSeconds: core.accessTokenLifetime ?? old.accessTokenSeconds,
    refreshTokenSeconds: core.refreshTokenLifetime ?? old.refreshTokenSeconds,
    idTokenSeconds: openId.jwtTokenLifetime ?? old.idTokenSeconds,
    ciba: {
      ...old.ciba,
      lifeSeconds: cibaConfig.cibaAuthReqIdLifetime ?? old.ciba.lifeSeconds,
      pollSeconds: cibaConfig.cibaMinimumPollingInterval ?? old.ciba.pollSeconds,
    },
    contexts:
      loaMapping === undefined
        ? old.contexts
        : Object.entries(loaMapping).map(([acr, journey]) => ({ acr, journey })),
  }
}
