/** Shared state keys: the version of the terms that was shown, and the acceptance. */
export const termsState = { version: 'termsVersion', accepted: 'termsAccepted' } as const
