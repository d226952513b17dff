import * as z from 'zod/mini'
import type { Endpoint } from './endpoint.ts'
import { lazy, lazyLooseObject, lazyObject, namedObject } from './lazy.ts'

const healthSchema = namedObject('Health', () => ({ status: z.literal('UP') }))

export const readLiveness = {
  method: 'GET',
  path: 'health/live',
  answer: healthSchema,
} as const satisfies Endpoint

export const readReadiness = {
  method: 'GET',
  path: 'health/ready',
  answer: healthSchema,
} as const satisfies Endpoint

/** Where `id` is `*`, `version` or `cookieDomains`. */
export const readServerInfo = {
  method: 'GET',
  path: 'serverinfo/:id',
  answer: lazyLooseObject(() => ({})),
} as const satisfies Endpoint

export const readRights = {
  method: 'GET',
  path: 'rights',
  answer: lazyObject(() => ({
    /** The caller's own realm. */
    realm: z.string(),
    roles: z.array(z.string()),
    /** What the roles allow in the realm of the path. */
    may: z.array(z.string()),
  })),
} as const satisfies Endpoint

const colour = lazy(() => z.string().check(z.regex(/^#([0-9a-f]{3}|[0-9a-f]{6})$/i)))

export const coloursSchema = namedObject('Colours', () => ({
  primary: colour(),
  onPrimary: colour(),
  background: colour(),
  onBackground: colour(),
  surface: colour(),
  text: colour(),
  title: colour(),
  link: colour(),
}))

/** Custom properties of CSS. Only colours, so that a theme can't add other styles to a page. */
const pageColoursSchema = lazy(() => z.record(z.string().check(z.regex(/^--[a-z][a-z0-9-]*$/)), colour()))

export const readAppearance = {
  method: 'GET',
  path: 'appearance',
  query: lazyObject(() => ({ journey: z.optional(z.string()), locale: z.optional(z.string()) })),
  answer: lazyObject(() => ({
    realm: z.string(),
    theme: z.nullable(z.string()),
    organisation: z.string(),
    logo: z.string(),
    logoAlt: z.string(),
    logoHeight: z.number(),
    favicon: z.string(),
    backgroundImage: z.string(),
    colours: z.object({ light: coloursSchema(), dark: coloursSchema() }),
    /** All colours of the page, derived from `colours`. Empty without a theme. */
    properties: z.object({ light: pageColoursSchema(), dark: pageColoursSchema() }),
    links: z.object({ help: z.nullable(z.string()), privacy: z.nullable(z.string()) }),
    locale: z.string(),
    locales: z.array(z.string()),
  })),
} as const satisfies Endpoint

/** Times are epoch milliseconds. */
const keysSchema = namedObject('Keys', () => ({
  result: z.array(
    z.object({ number: z.number(), madeAt: z.number(), activeAt: z.number(), isCurrent: z.boolean() }),
  ),
}))

export const readKeys = {
  method: 'GET',
  path: 'global-config/keys',
  answer: keysSchema,
} as const satisfies Endpoint

export const rotateKeys = {
  method: 'POST',
  path: 'global-config/keys',
  actions: { rotate: { answer: keysSchema } },
} as const satisfies Endpoint

const signingKeysSchema = namedObject('SigningKeys', () => ({
  result: z.array(
    z.object({
      number: z.number(),
      madeAt: z.number(),
      isSigning: z.boolean(),
      keys: z.array(z.object({ kid: z.nullable(z.string()), alg: z.string() })),
    }),
  ),
}))

export const readSigningKeys = {
  method: 'GET',
  path: 'realm-config/oauth-keys',
  answer: signingKeysSchema,
} as const satisfies Endpoint

export const rotateSigningKeys = {
  method: 'POST',
  path: 'realm-config/oauth-keys',
  actions: {
    rotate: {
      /** `withdraw` makes tokens signed with older keys invalid at once. */
      body: lazyObject(() => ({ withdraw: z._default(z.boolean('must be true or false'), false) })),
      answer: signingKeysSchema,
    },
  },
} as const satisfies Endpoint
