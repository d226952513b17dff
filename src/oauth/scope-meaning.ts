import { type PageLanguage, pageWords } from './page-words.ts'

/**
 * What a scope means to people: as the client says in this language (`profile|en|Your profile`) or in any
 * (`profile|Your profile`), or what it means everywhere. One that nobody explains stands for itself.
 */
export function meaningOf(scope: string, lines: readonly string[], language: PageLanguage): string {
  const own = lines
    .map((line) => line.split('|'))
    .filter(([name, ...rest]) => name === scope && rest.length > 0)
  const inLanguage = own.find((parts) => parts.length > 2 && parts[1] === language)
  const inAny = own.find((parts) => parts.length === 2)
  const { scopes } = pageWords[language]
  const standard = Object.hasOwn(scopes, scope) ? scopes[scope] : undefined
  return inLanguage?.at(-1) || inAny?.at(-1) || standard || own[0]?.at(-1) || scope
}
