/** Others refer to their rows, which have to be there first. */
const referredTo: readonly string[] = ['identities', 'transactions']

/** Our tables, in an order in which they can be filled. */
export function fillingOrder(tables: readonly string[]): string[] {
  const ours = tables.filter(isOurs).sort()
  return [...referredTo, ...ours.filter((table) => !referredTo.includes(table))]
}

/** Kysely's own tables say which migrations a database has had: a backup says so in its header. */
function isOurs(table: string): boolean {
  return !/^(kysely|sqlite)_/.test(table)
}
