import type { KnownSettings } from '../../form/document-schema.ts'

const text = { type: 'string' } as const
const texts = { type: 'array', items: { ...text, title: '', description: '', propertyOrder: 0 } } as const

/** The settings that the server uses, in the order of the form. */
export const providerSettings: KnownSettings = {
  enabled: {
    type: 'boolean',
    title: 'Enabled',
    description: 'When off, sign-in pages don’t offer it.',
    default: true,
  },
  clientId: { ...text, title: 'Client ID', description: 'Identifies this realm at the provider.' },
  clientSecret: { title: 'Client secret', refers: { to: 'secret' } },
  redirectURI: { ...text, title: 'Redirect URI', description: 'Register it at the provider.' },
  scopes: { ...texts, title: 'Scopes', description: 'With openid, the ID token says who the person is.' },
  transform: {
    ...text,
    title: 'Transformation script',
    description: 'Turns the provider’s profile into attributes.',
    refers: {
      to: 'script',
      contexts: ['SOCIAL_IDP_PROFILE_TRANSFORMATION', 'SOCIAL_IDP_PROFILE_TRANSFORMATION_NEXT_GEN'],
    },
  },
  authenticationIdKey: {
    ...text,
    title: 'ID attribute',
    description: 'Identifies the person in the profile.',
  },
  wellKnownEndpoint: { ...text, title: 'Discovery address', description: 'Names the other endpoints.' },
  authorizationEndpoint: { ...text, title: 'Authorization endpoint' },
  tokenEndpoint: { ...text, title: 'Token endpoint' },
  userInfoEndpoint: { ...text, title: 'Userinfo endpoint' },
  jwksUriEndpoint: { ...text, title: 'JWKS address' },
  issuer: { ...text, title: 'Issuer' },
  clientAuthenticationMethod: { ...text, title: 'Client authentication' },
  uiConfig: { title: 'Button on the sign-in page' },
  pkceMethod: { ...text, title: 'PKCE method', enum: ['NONE', 'PLAIN', 'S256'], default: 'S256' },
}

const types: Readonly<Record<string, string>> = {
  oauth2Config: 'OAuth 2.0',
  oidcConfig: 'OpenID Connect',
  itsmeConfig: 'itsme',
  linkedInConfig: 'LinkedIn',
  vkontakteConfig: 'VKontakte',
  weChatConfig: 'WeChat',
  wordpressConfig: 'WordPress',
}

/** The title of a type: `googleConfig` is Google. */
export function typeTitle(type: string): string {
  return types[type] ?? type.charAt(0).toUpperCase() + type.slice(1).replace(/Config$/, '')
}
