/** A date and time in the language of the page. @param at epoch milliseconds */
export function momentOf(at: number, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(at)
}
