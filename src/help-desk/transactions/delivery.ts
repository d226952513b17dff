/**
 * Whether a link may be sent to an address. A recently changed address can belong to an attacker.
 * @param changedAt time of the last change, if known; epoch milliseconds.
 */
export function isSettled(changedAt: number | undefined, quietHours: number, now: number): boolean {
  return changedAt === undefined || now - changedAt >= quietHours * 3_600_000
}
