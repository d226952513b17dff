/** Shared state: the version that was shown, and what was accepted of it and when. */
export const termsState = { version: 'termsVersion', accepted: 'termsAccepted' } as const
