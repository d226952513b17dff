import { z } from 'zod'

const seconds = (least: number, most: number) => z.int().min(least).max(most)

/** As it stands in `acr_values`: words, apart by blanks. */
const acr = z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]{1,255}$/, 'must be one word without quotes')

/** What a client asks for by an authentication context class, and the journey that satisfies it. */
const contextSchema = z.object({
  acr: acr.meta({ title: 'Class (acr)', description: 'One word, as clients ask for it.' }),
  journey: z
    .string()
    .min(1, 'must be the name of a journey')
    .meta({ title: 'Journey', description: 'Satisfies the class.', refers: { to: 'journey' } }),
})

const hour = 3600
const day = 24 * hour
const year = 365 * day

/** How people are asked on a device of theirs, for applications that have no browser of theirs (CIBA). */
const cibaSchema = z.object({
  journey: z.string().default('').meta({
    title: 'Journey',
    description: 'Where acr_values choose none. Empty means that they have to.',
  }),
  emailTemplate: z.string().min(1).default('confirmRequest').meta({
    title: 'E-mail template',
    description: 'Of the mail that brings somebody the link.',
  }),
  lifeSeconds: seconds(10, 3600)
    .default(300)
    .meta({ title: 'A request lasts, in seconds', description: 'An application may ask for less.' }),
  pollSeconds: seconds(1, 60).default(5).meta({
    title: 'Applications may ask every so many seconds',
    description: 'Whoever asks sooner is told to slow down.',
  }),
  maxRequestsPerPerson: z.int().min(0).max(1_000_000).default(20).meta({
    title: 'Requests to one person in an hour',
    description: 'Of all applications together: nobody is to be worn down. 0 is no limit.',
  }),
})

/** What a realm decides as an OAuth2 authorization server. A client's own lifetimes win. */
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
      description: 'Which journey a client asks for by acr_values. Others get the default journey.',
    }),
  codeSeconds: seconds(10, 600).default(120).meta({
    title: 'A code lasts, in seconds',
    description: 'Until the application exchanges it for tokens.',
  }),
  accessTokenSeconds: seconds(10, year).default(hour).meta({
    title: 'An access token lasts, in seconds',
    description: 'Until the application needs another one.',
  }),
  refreshTokenSeconds: seconds(60, year)
    .default(7 * day)
    .meta({
      title: 'A refresh token lasts, in seconds',
      description: 'Then people have to sign in to the application again.',
    }),
  idTokenSeconds: seconds(10, day).default(hour).meta({
    title: 'An ID token lasts, in seconds',
    description: 'What an application is told of who signed in.',
  }),
  ciba: cibaSchema.prefault({}).meta({ title: 'People asked on a device of theirs' }),
})

export type OauthSettings = z.infer<typeof oauthSchema>
