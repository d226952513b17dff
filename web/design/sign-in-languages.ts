/** The languages of the sign-in pages, as language tags. */
export const signInLanguages = ['en', 'de', 'es', 'fr', 'ar'] as const

export type SignInLanguage = (typeof signInLanguages)[number]
