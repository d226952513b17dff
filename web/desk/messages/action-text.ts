// Of the realm of the page, in the language of the page: `helpDeskQuery` sets them before the desk is drawn.
let translations: Readonly<Record<string, string>> = {}

export function setActionTexts(texts: Readonly<Record<string, string>>): void {
  translations = texts
}

/** An action as the agent reads it: in the page's language, or without a translation as the realm lists it. */
export function actionText(action: string): string {
  return (Object.hasOwn(translations, action) && translations[action]) || action
}
