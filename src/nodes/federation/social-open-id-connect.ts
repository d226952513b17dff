import { z } from 'zod'
import { defineNode, setting } from '../define-node.ts'
import { legacySocial, legacySocialSettings, openIdMapper, withoutDefault } from './legacy-social.ts'

const usual = legacySocialSettings({
  provider: 'openid',
  authorizeEndpoint: '',
  tokenEndpoint: '',
  userInfoEndpoint: '',
  scopeString: 'openid',
  authenticationIdKey: 'sub',
  attributes: { sub: 'iplanet-am-user-alias-list' },
  mapperClass: openIdMapper,
  discovery: ['openIdValidationMethod', 'openIdValidationValue'],
})

/** Signs in with any OpenID Connect provider in the legacy way. Source: "OpenID Connect node". */
export const socialOpenIdConnect = defineNode({
  ...legacySocial,
  type: 'SocialOpenIdConnectNode',
  title: 'OpenID Connect',
  help: 'Authenticates the person with an OpenID Connect provider, verifies its ID token, and looks up their account.',
  config: () =>
    usual.extend({
      authorizeEndpoint: withoutDefault(usual.shape.authorizeEndpoint),
      tokenEndpoint: withoutDefault(usual.shape.tokenEndpoint),
      userInfoEndpoint: withoutDefault(usual.shape.userInfoEndpoint),
      provider: withoutDefault(usual.shape.provider),
      issuer: setting('Token Issuer', 'Issuer that the ID token must name.', z.string()),
      openIdValidationMethod: setting(
        'OpenID Connect Validation Type',
        'Where the keys of ID tokens come from. `CLIENT_SECRET` is not supported: the node fails.',
        z.enum(['WELL_KNOWN_URL', 'CLIENT_SECRET', 'JWK_URL']).default('WELL_KNOWN_URL'),
      ),
      openIdValidationValue: setting(
        'OpenID Connect Validation Value',
        'URL of the discovery document or of the keys. Without keys, the node fails.',
        // rule S40: otherwise the node accepts settings without the address of keys
        z.string().min(1),
      ),
    }),
  reference: {
    ...legacySocial.reference,
    example: 'In place of Social Google, for a provider that issues ID tokens.',
  },
})
