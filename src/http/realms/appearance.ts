import type { AnswerOf } from '../../../contract/endpoint.ts'
import { readAppearance } from '../../../contract/server.ts'
import { bestMatch } from '../../base/locale.ts'
import { coloursOf, inWords } from '../../realms/appearance.ts'
import { organisationOf, type Realm } from '../../realms/realm.ts'
import type { RealmLooks } from '../../realms/realm-looks.ts'
import type { Theme } from '../../realms/theme.ts'
import { requestLocales } from '../request-locales.ts'
import type { Answer, Call, Route } from '../route.ts'

type AppearanceDependencies = { realmLooks: RealmLooks }

/** The appearance of a realm's sign-in page. Not in AM. */
export function appearanceRoutes(from: AppearanceDependencies): Route[] {
  return [
    {
      ...readAppearance,
      access: 'everyone',
      side: 'both',
      summary: 'Reads the look of the sign-in page: name, logo, colours, links and languages of the realm.',
      handle: (call) => appearance(from, call),
    },
  ]
}

async function appearance(from: AppearanceDependencies, call: Call): Promise<Answer> {
  const { realm, query } = call
  const journey = query.get('journey') ?? undefined
  return { body: await appearanceOf(from, realm, { journey, locales: requestLocales(call) }) }
}

/** @param about.locales of the reader, best first. */
export async function appearanceOf(
  { realmLooks }: AppearanceDependencies,
  realm: Realm,
  about: { journey: string | undefined; locales: readonly string[] },
): Promise<AnswerOf<typeof readAppearance>> {
  const look = await realmLooks.lookFor(realm.path, about.journey)
  const theme = look?.theme
  const { offered, default: defaultLocale } = realm.settings.locales
  const locale =
    bestMatch(Object.fromEntries(offered.map((each) => [each, each])), about.locales) ?? defaultLocale
  const locales = [locale, ...about.locales]
  return {
    realm: realm.path,
    theme: theme?.name ?? null,
    organisation: inWords(theme?.organisationName, locales) || organisationOf(realm),
    ...pictures(theme, realm, locales),
    colours: look?.colours ?? { light: coloursOf({}, 'light'), dark: coloursOf({}, 'dark') },
    properties: look?.properties ?? { light: {}, dark: {} },
    links: {
      help: inWords(theme?.helpUrl, locales) || null,
      privacy: inWords(theme?.privacyUrl, locales) || null,
    },
    locale,
    locales: [...offered],
  }
}

function pictures(theme: Theme | undefined, realm: Realm, locales: readonly string[]) {
  return {
    logo: inWords(theme?.logo, locales),
    logoAlt:
      inWords(theme?.logoAltText, locales) ||
      inWords(theme?.organisationName, locales) ||
      organisationOf(realm),
    logoHeight: theme?.logoHeight ?? 40,
    favicon: inWords(theme?.favicon, locales),
    backgroundImage: theme?.backgroundImage ?? '',
  }
}
