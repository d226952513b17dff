/** A scope of the vendor's administration, as `/environment/scopes/service-accounts` lists it. */
export type AdminScope = { scope: string; description: string; childScopes?: readonly AdminScope[] }

/** The scopes that allow something here. */
export const adminScopes = [
  { scope: 'fr:am:*', description: 'Journeys, scripts and all other configuration of realms' },
  { scope: 'fr:idm:*', description: 'People, themes and email templates' },
  {
    scope: 'fr:idc:esv:*',
    description: 'Variables and secrets of the environment',
    childScopes: [
      { scope: 'fr:idc:esv:read', description: 'Reading variables, and secrets without their values' },
      { scope: 'fr:idc:esv:update', description: 'Creating, changing and deleting variables and secrets' },
      { scope: 'fr:idc:esv:restart', description: 'Restarting the services that use them' },
    ],
  },
] as const satisfies readonly AdminScope[]

export const adminScopeNames: readonly string[] = adminScopes.flatMap((each: AdminScope) => [
  each.scope,
  ...(each.childScopes ?? []).map(({ scope }) => scope),
])

/** Scopes of services that only the vendor's cloud has. Its tools ask for them; here they allow nothing. */
export const idleScopeNames: readonly string[] = [
  'fr:autoaccess:*',
  'fr:idc:analytics:*',
  'fr:idc:certificate:*',
  'fr:idc:certificate:read',
  'fr:idc:content-security-policy:*',
  'fr:idc:cookie-domain:*',
  'fr:idc:custom-domain:*',
  'fr:idc:dataset:*',
  'fr:idc:federation:*',
  'fr:idc:federation:read',
  'fr:idc:monitoring:*',
  'fr:idc:mtls:*',
  'fr:idc:promotion:*',
  'fr:idc:proxy-connect:*',
  'fr:idc:proxy-connect:read',
  'fr:idc:proxy-connect:write',
  'fr:idc:release:*',
  'fr:idc:sso-cookie:*',
  'fr:iga:*',
]
