/** Tables that other tables refer to, so their rows must be inserted first. */
const referredTo: readonly string[] = ['identities', 'transactions']

/** The tables of Sidegate in an order that satisfies references. */
export function fillingOrder(tables: readonly string[]): string[] {
  const ours = tables.filter(isOurs).sort()
  return [...referredTo, ...ours.filter((table) => !referredTo.includes(table))]
}

/** Excludes Kysely's tables of migrations. The header of a backup names the migration. */
function isOurs(table: string): boolean {
  return !/^(kysely|sqlite)_/.test(table)
}
