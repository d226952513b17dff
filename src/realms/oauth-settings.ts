import { z } from 'zod'

const seconds = (least: number, most: number) => z.int().min(least).max(most)

/** A single value of the space-separated `acr_values`. */
const acr = z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]{1,255}$/, 'must be one word without quotes')

/** An authentication context class and the journey that satisfies it. */
const contextSchema = z.object({
  acr: acr.meta({ title: 'Class (acr)', description: 'One word, as clients send it in acr_values.' }),
  journey: z
    .string()
    .min(1, 'must be the name of a journey')
    .meta({
      title: 'Journey',
      description: 'The journey that satisfies the class.',
      refers: { to: 'journey' },
    }),
})

const hour = 3600
const day = 24 * hour
const year = 365 * day

/** Backchannel authentication (CIBA): the application has no browser, so people answer on their own device. */
const cibaSchema = z.object({
  journey: z.string().default('').meta({
    title: 'Journey',
    description: 'Used if acr_values select none. If empty, acr_values are required.',
  }),
  emailTemplate: z.string().min(1).default('confirmRequest').meta({
    title: 'Email template',
    description: 'Template of the email with the link.',
  }),
  lifeSeconds: seconds(10, 3600)
    .default(300)
    .meta({ title: 'Request lifetime (seconds)', description: 'Applications can request a shorter time.' }),
  pollSeconds: seconds(1, 60).default(5).meta({
    title: 'Polling interval (seconds)',
    description: 'Applications that poll faster are told to slow down.',
  }),
  maxRequestsPerPerson: z.int().min(0).max(1_000_000).default(20).meta({
    title: 'Requests per person in 1 hour',
    description:
      'Counts all applications together, so that they cannot flood a person with requests. 0 means no limit.',
  }),
  keycloakIssuer: z
    .string()
    .regex(/^(https?:\/\/[^\s?#]*[^\s/?#])?$/, 'must be an address without a slash at its end')
    .default('')
    .meta({
      title: 'Keycloak issuer',
      description:
        'A Keycloak realm that asks people here, such as https://sso.example.com/realms/staff. Empty: none.',
    }),
})

/** Devices without a browser, such as televisions. People type a code on another device (RFC 8628). */
const deviceSchema = z.object({
  lifeSeconds: seconds(30, 1800).default(300).meta({
    title: 'Code lifetime (seconds)',
    description: 'Time for the person to type the code that the device shows, and to allow it.',
  }),
  pollSeconds: seconds(1, 60).default(5).meta({
    title: 'Polling interval (seconds)',
    description: 'Devices that poll faster are told to slow down.',
  }),
  allowsAssistants: z.boolean().default(false).meta({
    title: 'Device flow of aic-mcp-server',
    description:
      'In the root realm: administrators can allow it by typing a code, also one that an attacker sent them.',
  }),
})

/** Applications that register themselves (RFC 7591). They never get more than a fixed list of rights. */
const registrationSchema = z.object({
  access: z.enum(['off', 'token', 'open']).default('off').meta({
    title: 'Who can register applications',
    description: 'off: nobody. token: holders of an access token with the scope below. open: anybody.',
  }),
  scope: z
    .string()
    .regex(/^[\x21\x23-\x5b\x5d-\x7e]+$/, 'must be one scope')
    .max(255)
    .default('dynamic_client_registration')
    .meta({ title: 'Scope', description: 'Scope of the access tokens that can register applications.' }),
  isManaged: z.boolean().default(true).meta({
    title: 'Registration access tokens',
    description: 'An application gets a token with which it can read, change and remove its registration.',
  }),
  allowsClientCredentials: z.boolean().default(false).meta({
    title: 'Client credentials grant type',
    description: 'Registered applications can get tokens for themselves.',
  }),
  allowsDevices: z.boolean().default(false).meta({
    title: 'Device flow',
    description: 'Registered applications can ask people to type the code of a device.',
  }),
  maxClients: z.int().min(1).max(10_000).default(100).meta({
    title: 'Registered applications',
    description: 'When there are so many, no more can register.',
  }),
  maxPerHour: z.int().min(1).max(10_000).default(20).meta({
    title: 'Registrations in an hour',
    description: 'The maximum for all applications. One address may make half of them.',
  }),
})

/** The vendor's names, served here or not. */
export const responseTypeNames = ['code', 'device_code', 'token', 'id_token', 'none'] as const

/** Scripts of the realm that change tokens. If one fails, no token is issued. */
const scriptsSchema = z.object({
  accessToken: z.string().default('').meta({
    title: 'Access token modification',
    description: 'Id of the script that adds members to access tokens. Empty: none.',
  }),
  claims: z
    .string()
    .default('')
    .meta({ title: 'OIDC claims', description: 'Id of the script that decides about claims. Empty: none.' }),
})

/** OAuth2 settings of a realm. Lifetimes in a client's own settings take precedence. */
export const oauthSchema = z.object({
  contexts: z
    .array(contextSchema.meta({ title: 'Class' }))
    .max(100)
    .refine((contexts) => new Set(contexts.map((each) => each.acr)).size === contexts.length, {
      message: 'must name each class once',
    })
    .default([])
    .meta({
      title: 'Authentication contexts',
      description: 'Journeys that clients select with acr_values. Other requests use the default journey.',
    }),
  codeSeconds: seconds(10, 600).default(120).meta({
    title: 'Authorization code lifetime (seconds)',
    description: 'Time for the application to exchange the code for tokens.',
  }),
  accessTokenSeconds: seconds(10, year).default(hour).meta({
    title: 'Access token lifetime (seconds)',
    description: 'After this time, the application needs a new token.',
  }),
  refreshTokenSeconds: seconds(60, year)
    .default(7 * day)
    .meta({
      title: 'Refresh token lifetime (seconds)',
      description: 'After this time, people have to sign in to the application again.',
    }),
  idTokenSeconds: seconds(10, day).default(hour).meta({
    title: 'ID token lifetime (seconds)',
    description: 'The ID token tells an application who signed in.',
  }),
  claimsInIdToken: z.boolean().default(false).meta({
    title: 'Claims in ID tokens',
    description: 'ID tokens have the claims of all scopes. Otherwise applications read them from userinfo.',
  }),
  requirePushedRequests: z.boolean().default(false).meta({
    title: 'Require pushed authorization requests',
    description: 'Applications must send authorization requests to the server directly (PAR).',
  }),
  requirePkce: z.boolean().default(false).meta({
    title: 'Require PKCE',
    description:
      'All applications must prove with a code verifier that a code is theirs, whatever their own setting. Public ones always must.',
  }),
  fapi2: z.boolean().default(false).meta({
    title: 'FAPI 2.0 Security Profile',
    description:
      'Applications must authenticate with keys, push their requests, and use PKCE and DPoP. Others are not served.',
  }),
  issueRefreshTokens: z.boolean().default(true).meta({
    title: 'Refresh tokens',
    description: 'Applications with this grant type get refresh tokens.',
  }),
  impliedConsent: z.boolean().default(true).meta({
    title: 'Implied consent',
    description: 'Applications can be configured so that people are not asked.',
  }),
  grantTypes: z.array(z.string().min(1).max(255)).max(50).default([]).meta({
    title: 'Grant types',
    description: 'Applications can use only these. Empty: all.',
  }),
  responseTypes: z.array(z.enum(responseTypeNames)).max(10).default([]).meta({
    title: 'Response types',
    description: 'Applications can request only these, and none. Empty: all that are served.',
  }),
  supportedScopes: z.array(z.string().min(1).max(1000)).max(500).default([]).meta({
    title: 'Supported scopes',
    description:
      'Announced to applications, and those that register themselves can have only these. Empty: those of OpenID Connect.',
  }),
  registration: registrationSchema.prefault({}).meta({ title: 'Registration of applications' }),
  scripts: scriptsSchema.prefault({}).meta({ title: 'Scripts' }),
  device: deviceSchema.prefault({}).meta({ title: 'Device flow' }),
  ciba: cibaSchema.prefault({}).meta({ title: 'Backchannel authentication (CIBA)' }),
})

export type OauthSettings = z.infer<typeof oauthSchema>
