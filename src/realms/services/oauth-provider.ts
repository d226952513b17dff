import { z } from 'zod'
import type { JsonObject } from '../../base/json.ts'
import { nothingChosen } from '../../base/nothing-chosen.ts'
import { type RealmSettings, realmSettingsSchema } from '../realm.ts'
import {
  policyEngine,
  restricted,
  restrictionSchemas,
  shownRestrictions,
  unsetRestrictions,
} from './oauth-restrictions.ts'
import { checkedService, merged, type RealmService, withoutNulls } from './realm-service.ts'

const seconds = z.int().min(1)

const pluginType = z.enum(['PROVIDER', 'SCRIPTED'], 'must be PROVIDER or SCRIPTED; Java plugins are not run')

const pluginsSchema = z
  .object({
    accessTokenModificationPluginType: pluginType,
    accessTokenModificationScript: z.string(),
    oidcClaimsPluginType: pluginType,
    oidcClaimsScript: z.string(),
    validateScopePluginType: z
      .string()
      .refine(
        (type) => type !== 'SCRIPTED',
        'must not be SCRIPTED: scripts that validate scopes are not run',
      ),
  })
  .partial()

/** The supported members; AM's document has many more. All are optional. */
const providerSchema = z.object({
  ...restrictionSchemas,
  pluginsConfig: pluginsSchema.default({}),
  coreOAuth2Config: z
    .object({
      codeLifetime: seconds,
      accessTokenLifetime: seconds,
      refreshTokenLifetime: seconds,
      // Older versions of the vendor have the scripts here.
      accessTokenModificationScript: z.string(),
      issueRefreshToken: z.boolean(),
      usePolicyEngineForScope: policyEngine,
    })
    .partial()
    .default({}),
  coreOIDCConfig: z.object({ jwtTokenLifetime: seconds, oidcClaimsScript: z.string() }).partial().default({}),
  cibaConfig: z
    .object({ cibaAuthReqIdLifetime: seconds, cibaMinimumPollingInterval: seconds })
    .partial()
    .default({}),
  advancedOIDCConfig: z
    .object({
      alwaysAddClaimsToToken: z.boolean(),
      loaMapping: z.record(z.string(), z.string(), 'must be classes with the names of journeys'),
    })
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
      ...shownRestrictions(oauth),
      coreOAuth2Config: {
        issueRefreshToken: oauth.issueRefreshTokens,
        codeLifetime: oauth.codeSeconds,
        accessTokenLifetime: oauth.accessTokenSeconds,
        refreshTokenLifetime: oauth.refreshTokenSeconds,
      },
      coreOIDCConfig: { jwtTokenLifetime: oauth.idTokenSeconds },
      cibaConfig: {
        cibaAuthReqIdLifetime: oauth.ciba.lifeSeconds,
        cibaMinimumPollingInterval: oauth.ciba.pollSeconds,
      },
      pluginsConfig: {
        ...(oauth.scripts.accessToken === ''
          ? {}
          : { accessTokenModificationScript: oauth.scripts.accessToken }),
        ...(oauth.scripts.claims === '' ? {} : { oidcClaimsScript: oauth.scripts.claims }),
      },
      advancedOIDCConfig: {
        alwaysAddClaimsToToken: oauth.claimsInIdToken,
        loaMapping: Object.fromEntries(oauth.contexts.map(({ acr, journey }) => [acr, journey])),
      },
    }
  },
  apply(settings, body) {
    const parsed = providerSchema.safeParse(withoutNulls(body))
    if (!parsed.success) return { error: parsed.error }
    return checkedService(settings, { ...settings, oauth: after(settings.oauth, parsed.data) })
  },
  reset(settings) {
    const { ciba, ...others } = realmSettingsSchema.parse({}).oauth
    const { lifeSeconds, pollSeconds } = ciba
    return { ...settings, oauth: { ...others, ciba: { ...settings.oauth.ciba, lifeSeconds, pollSeconds } } }
  },
  showAll: (settings) =>
    merged(oauthProviderService.show(settings), {
      pluginsConfig: pluginsOf(settings),
      advancedOAuth2Config: unsetRestrictions(settings.oauth),
    }),
}

function pluginsOf({ oauth: { scripts } }: RealmSettings): JsonObject {
  const typeOf = (script: string) => (script === '' ? 'PROVIDER' : 'SCRIPTED')
  return {
    accessTokenModificationPluginType: typeOf(scripts.accessToken),
    accessTokenModificationScript: scripts.accessToken || nothingChosen,
    oidcClaimsPluginType: typeOf(scripts.claims),
    oidcClaimsScript: scripts.claims || nothingChosen,
  }
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
    ...restricted(old, document),
    issueRefreshTokens: core.issueRefreshToken ?? old.issueRefreshTokens,
    codeSeconds: core.codeLifetime ?? old.codeSeconds,
    accessTokenSeconds: core.accessTokenLifetime ?? old.accessTokenSeconds,
    refreshTokenSeconds: core.refreshTokenLifetime ?? old.refreshTokenSeconds,
    idTokenSeconds: openId.jwtTokenLifetime ?? old.idTokenSeconds,
    ciba: {
      ...old.ciba,
      lifeSeconds: cibaConfig.cibaAuthReqIdLifetime ?? old.ciba.lifeSeconds,
      pollSeconds: cibaConfig.cibaMinimumPollingInterval ?? old.ciba.pollSeconds,
    },
    claimsInIdToken: advanced.alwaysAddClaimsToToken ?? old.claimsInIdToken,
    scripts: scriptsAfter(old.scripts, document),
    contexts:
      loaMapping === undefined
        ? old.contexts
        : Object.entries(loaMapping).map(([acr, journey]) => ({ acr, journey })),
  }
}

function scriptsAfter(
  old: RealmSettings['oauth']['scripts'],
  { pluginsConfig: plugins, coreOAuth2Config: core, coreOIDCConfig: openId }: ProviderDocument,
): RealmSettings['oauth']['scripts'] {
  const tokens = plugins.accessTokenModificationScript ?? core.accessTokenModificationScript
  const claims = plugins.oidcClaimsScript ?? openId.oidcClaimsScript
  return {
    accessToken: scriptAfter(old.accessToken, plugins.accessTokenModificationPluginType, tokens),
    claims: scriptAfter(old.claims, plugins.oidcClaimsPluginType, claims),
  }
}

function scriptAfter(
  old: string,
  type: z.infer<typeof pluginType> | undefined,
  id: string | undefined,
): string {
  if (type === 'PROVIDER' || id === nothingChosen) return ''
  return id ?? old
}
