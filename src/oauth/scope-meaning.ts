import { type PageLanguage, serverTexts } from '../base/server-texts.ts'

/**
 * Describes a scope to people. In order: the client's text in this language (`profile|en|Your profile`), its text without a
 * language (`profile|Your profile`), the standard text, its text in another language, and the scope's name.
 */
export function meaningOf(scope: string, lines: readonly string[], language: PageLanguage): string {
  const own = lines
    .map((line) => line.split('|'))
    .filter(([name, ...rest]) => name === scope && rest.length > 0)
  const inLanguage = own.find((parts) => parts.length > 2 && parts[1] === language)
  const inAny = own.find((parts) => parts.length === 2)
  const scopes: Readonly<Record<string, string>> = serverTexts[language].applications.scopes
  const standard = Object.hasOwn(scopes, scope) ? scopes[scope] : undefined
  return inLanguage?.at(-1) || inAny?.at(-1) || standard || own[0]?.at(-1) || scope
}
