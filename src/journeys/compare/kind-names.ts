/** Names of the kinds of items and references. */
const kindNames: Readonly<Record<string, string>> = {
  journey: 'journey',
  node: 'node',
  script: 'script',
  customNodeType: 'custom node type',
  emailTemplate: 'email template',
  theme: 'theme',
  socialIdentityProvider: 'social identity provider',
  saml2Entity: 'SAML entity',
  circleOfTrust: 'circle of trust',
  variable: 'variable',
  keptDocument: 'kept setting',
  realmSetting: 'setting',
  realmSettings: 'settings of realm',
  oauthClient: 'OAuth2 client',
  library: 'library script',
  webhook: 'webhook',
}

/** The order in which differences are listed; other kinds follow. */
export const kindOrder: readonly string[] = Object.keys(kindNames)

export function kindName(kind: string): string {
  return Object.hasOwn(kindNames, kind) ? (kindNames[kind] ?? kind) : kind
}
