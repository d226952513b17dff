import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { lazy, lazyLooseObject, lazyObject, namedObject } from './lazy.ts'

const healthSchema = namedObject('Health', () => ({ status: z.literal('UP') }))

export const readLiveness = endpoint('GET', 'health/live', { answer: healthSchema })

export const readReadiness = endpoint('GET', 'health/ready', { answer: healthSchema })

/** Where `id` is `*`, `version` or `cookieDomains`. */
export const readServerInfo = endpoint('GET', 'serverinfo/:id', { answer: lazyLooseObject(() => ({})) })

export const readRights = endpoint('GET', 'rights', {
  answer: lazyObject(() => ({
    /** The caller's own realm. */
    realm: z.string(),
    roles: z.array(z.string()),
    /** What the roles allow in the realm of the path. */
    may: z.array(z.string()),
  })),
})

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

export const readAppearance = endpoint('GET', 'appearance', {
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
})

/** Times are epoch milliseconds. */
const keysSchema = namedObject('Keys', () => ({
  result: z.array(
    z.object({ number: z.number(), madeAt: z.number(), activeAt: z.number(), isCurrent: z.boolean() }),
  ),
}))

export const readKeys = endpoint('GET', 'global-config/keys', { answer: keysSchema })

export const rotateKeys = endpoint('POST', 'global-config/keys', {
  actions: { rotate: { answer: keysSchema } },
})

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

export const readSigningKeys = endpoint('GET', 'realm-config/oauth-keys', { answer: signingKeysSchema })

export const rotateSigningKeys = endpoint('POST', 'realm-config/oauth-keys', {
  actions: {
    rotate: {
      /** `withdraw` makes tokens signed with older keys invalid at once. */
      body: lazyObject(() => ({ withdraw: z._default(z.boolean('must be true or false'), false) })),
      answer: signingKeysSchema,
    },
  },
})
