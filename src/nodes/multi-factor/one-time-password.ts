/** Transient state keys: the one-time password, and its creation time in epoch seconds. */
export const oneTimePassword = { value: 'oneTimePassword', madeAt: 'oneTimePasswordTimestamp' } as const
