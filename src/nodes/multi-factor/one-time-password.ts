/** Transient state of a one-time password: the digits, and when they were made, in epoch seconds. */
export const oneTimePassword = { value: 'oneTimePassword', madeAt: 'oneTimePasswordTimestamp' } as const
