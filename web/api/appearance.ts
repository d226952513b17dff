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

/** How a realm wants its sign-in page to look. Without a theme the colours are ours. */
export type Appearance = z.infer<typeof appearanceSchema>

/** Source: `docs/operations-wire.md`, "Themes". @throws ApiError for a realm that is not there. */
export function readAppearance(
  realm: string,
  asked: { journey: string | undefined; locale: string | undefined },
): Promise<Appearance> {
  return request(appearanceSchema, `${realmPath(realm)}/appearance`, { query: asked })
}
