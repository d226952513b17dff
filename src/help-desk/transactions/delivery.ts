/**
 * Whether a link may go to an address: to none that was changed a moment ago, for that is how an account is taken over.
 * @param changedAt when it was changed last, if anybody knows; epoch milliseconds.
 */
export function isSettled(changedAt: number | undefined, quietHours: number, now: number): boolean {
  return changedAt === undefined || now - changedAt >= quietHours * 3_600_000
}
