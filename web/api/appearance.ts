import * as z from 'zod/mini'
import { realmPath } from './realm-path.ts'
import { request } from './request.ts'

const colour = z.string().check(z.regex(/^#([0-9a-f]{3}|[0-9a-f]{6})$/i))

export const coloursSchema = z.object({
  primary: colour,
  onPrimary: colour,
  background: colour,
  onBackground: colour,
  surface: colour,
  text: colour,
  title: colour,
  link: colour,
})

/** The colours of one colour scheme, each as `#rrggbb` or `#rgb`. */
export type ThemeColours = z.infer<typeof coloursSchema>

const text = z._default(z.nullable(z.string()), null)

const appearanceSchema = z.object({
  theme: text,
  organisation: text,
  logo: text,
  logoAlt: text,
  logoHeight: z._default(z.nullable(z.number()), null),
  favicon: text,
  backgroundImage: text,
  colours: z.object({ light: coloursSchema, dark: coloursSchema }),
  links: z._default(z.object({ help: text, privacy: text }), { help: null, privacy: null }),
  locales: z._default(z.array(z.string()), []),
})

/** Branding of a realm's sign-in page. Without a theme, the colours are Sidegate's own. */
export type Appearance = z.infer<typeof appearanceSchema>

/** Source: `docs/operations-wire.md`, "Themes". @throws ApiError when the realm doesn't exist. */
export function readAppearance(
  realm: string,
  query: { journey: string | undefined; locale: string | undefined },
): Promise<Appearance> {
  return request(appearanceSchema, `${realmPath(realm)}/appearance`, { query })
}
