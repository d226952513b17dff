import type { Database, Row } from './database.ts'
import type { Statement } from './query.ts'

/** Writes a unit that can't be refused. */
export async function write(database: Database, unit: readonly Statement[]): Promise<void> {
  await database.write(unit)
}

/** Writes a unit. @returns false if a guard refused it. */
export async function tryWrite(database: Database, unit: readonly Statement<string>[]): Promise<boolean> {
  return (await database.write(unit)).kind === 'saved'
}

/** Writes a unit. @returns how many rows its first statement wrote: none if a guard refused it. */
export async function countWritten(database: Database, unit: readonly Statement<string>[]): Promise<number> {
  const written = await database.write(unit)
  return written.kind === 'saved' ? (written.results[0]?.affected ?? 0) : 0
}

/** Writes a unit. @returns the rows that its first statement returns: none if a guard refused it. */
export async function rowsWritten(
  database: Database,
  unit: readonly Statement<string>[],
): Promise<readonly Row[]> {
  const written = await database.write(unit)
  return written.kind === 'saved' ? (written.results[0]?.rows ?? []) : []
}
