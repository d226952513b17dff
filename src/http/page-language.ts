import type { IncomingHttpHeaders } from 'node:http'
import Negotiator from 'negotiator'
import type { PageLanguage } from '../base/server-texts.ts'

/** The languages of the pages for callers and of the start page. */
const pageLanguages: readonly PageLanguage[] = ['en', 'de', 'es', 'fr', 'ar']

/** The best supported language: of the URL, else of the browser, else English. */
export function pageLanguageOf(headers: IncomingHttpHeaders, locale?: string): PageLanguage {
  const [asked] = locale?.toLowerCase().split(/[-_]/) ?? []
  const [accepted] = new Negotiator({ headers }).languages([...pageLanguages])
  return supported(asked) ?? supported(accepted) ?? 'en'
}

export function directionOf(language: PageLanguage): 'ltr' | 'rtl' {
  return language === 'ar' ? 'rtl' : 'ltr'
}

function supported(code: string | undefined): PageLanguage | undefined {
  return pageLanguages.find((language) => language === code)
}
