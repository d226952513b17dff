import { localesSchema } from '../people-settings.ts'
import { problemIn, type TenantSetting } from './tenant-setting.ts'

/** The translation of pages to one language, which the realm then offers. Its texts have no meaning here. */
export function localeSetting(locale: string): TenantSetting {
  const isThis = (offered: string) => spelled(offered) === spelled(locale)
  return {
    id: `locales.${locale}`,
    title: `Language ${locale}`,
    apply(settings) {
      const { locales } = settings
      if (locales.offered.some(isThis)) return { settings, ignored: [] }
      const parsed = localesSchema.safeParse({ ...locales, offered: [...locales.offered, locale] })
      return parsed.success
        ? { settings: { ...settings, locales: parsed.data }, ignored: [] }
        : { ...problemIn(parsed.error), at: [] }
    },
    write: (document, { locales }) => (locales.offered.some(isThis) ? document : undefined),
  }
}

function spelled(locale: string): string {
  return locale.toLowerCase().replaceAll('_', '-')
}
