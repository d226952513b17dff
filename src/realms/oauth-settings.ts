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
})

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
  scripts: scriptsSchema.prefault({}).meta({ title: 'Scripts' }),
  device: deviceSchema.prefault({}).meta({ title: 'Device flow' }),
  ciba: cibaSchema.prefault({}).meta({ title: 'Backchannel authentication (CIBA)' }),
})

export type OauthSettings = z.infer<typeof oauthSchema>
