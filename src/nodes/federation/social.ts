import { z } from 'zod'
import { defineNode, setting } from '../define-node.ts'
import { legacySocial, legacySocialSettings, withoutDefault } from './legacy-social.ts'

const usual = legacySocialSettings({
  provider: '',
  authorizeEndpoint: '',
  tokenEndpoint: '',
  userInfoEndpoint: '',
  scopeString: '',
  authenticationIdKey: '',
  attributes: {},
})

/** Signs in with any OAuth 2.0 provider in the legacy way. Source: "OAuth 2.0 node". */
export const social = defineNode({
  ...legacySocial,
  type: 'SocialNode',
  title: 'OAuth 2.0',
  help: 'Authenticates the person with an OAuth 2.0 provider and looks up their account.',
  config: () =>
    usual.extend({
      authorizeEndpoint: withoutDefault(usual.shape.authorizeEndpoint),
      tokenEndpoint: withoutDefault(usual.shape.tokenEndpoint),
      userInfoEndpoint: withoutDefault(usual.shape.userInfoEndpoint),
      scopeString: withoutDefault(usual.shape.scopeString),
      scopeDelimiter: setting(
        'Scope Delimiter',
        'Not used: the scopes are sent as they are written. Kept so that exports stay complete.',
        z.string(),
      ),
      redirectURI: withoutDefault(usual.shape.redirectURI),
      provider: withoutDefault(usual.shape.provider),
      authenticationIdKey: withoutDefault(usual.shape.authenticationIdKey),
      basicAuth: usual.shape.basicAuth
        .unwrap()
        .default(false)
        .meta(usual.shape.basicAuth.meta() ?? {}),
      cfgAccountProviderClass: withoutDefault(usual.shape.cfgAccountProviderClass),
      cfgAccountMapperClass: withoutDefault(usual.shape.cfgAccountMapperClass),
      cfgAttributeMappingClasses: usual.shape.cfgAttributeMappingClasses
        .unwrap()
        .default([])
        .meta(usual.shape.cfgAttributeMappingClasses.meta() ?? {}),
      cfgAccountMapperConfiguration: usual.shape.cfgAccountMapperConfiguration
        .unwrap()
        .default({})
        .meta(usual.shape.cfgAccountMapperConfiguration.meta() ?? {}),
      saveUserAttributesToSession: usual.shape.saveUserAttributesToSession
        .unwrap()
        .default(false)
        .meta(usual.shape.saveUserAttributesToSession.meta() ?? {}),
    }),
  reference: {
    ...legacySocial.reference,
    example: 'In place of Social Google, for a provider without a node of its own.',
  },
})
