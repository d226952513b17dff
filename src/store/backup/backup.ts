import { existsSync } from 'node:fs'
import { OperationError } from '../../base/errors.ts'
import { sqliteSource, sqliteTarget } from '../sqlite/backup.ts'
import type { StoreSettings } from '../stores.ts'
import { readBackupFile, writeBackupFile } from './backup-file.ts'
import { type BackupHeader, backupLines, readHeader, readRows } from './backup-lines.ts'
import type { BackupSource, BackupTarget } from './ends.ts'

/**
 * Writes a snapshot of the whole database to a file. Servers can continue to use the database. The file doesn't contain the key
 * that opens sealed values.
 * @returns whether the database now says when it was backed up. It may be read-only, or of an older version.
 * @throws OperationError if the file exists, or the file or the database can't be used.
 */
export async function backUp(settings: StoreSettings, path: string, now: number): Promise<boolean> {
  if (existsSync(path)) throw new OperationError(`${path} already exists`)
  const source = await sourceOf(settings)
  try {
    await writeBackupFile(path, backupLines(source, now))
    return await source.record(now).then(
      () => true,
      () => false,
    )
  } finally {
    await source.close()
  }
}

/**
 * Restores a backup of either dialect into a database that was never used, and migrates it to the newest version.
 * @returns the header of the backup.
 * @throws OperationError if the file is not a complete backup, or the database is not empty. No rows are saved then.
 */
export async function restore(settings: StoreSettings, path: string): Promise<BackupHeader> {
  // Reads the whole file first, so that a damaged one creates nothing.
  for await (const _ of (await opened(path)).rows);
  const { header, rows } = await opened(path)
  const target = await targetOf(settings)
  try {
    await target.prepare(header.migration)
    await target.fill(rows)
    return header
  } finally {
    await target.close()
  }
}

async function opened(path: string) {
  const lines = readBackupFile(path)
  const header = readHeader((await lines.next()).value ?? undefined)
  return { header, rows: readRows(lines) }
}

async function sourceOf({ dataFolder, databaseUrl }: StoreSettings): Promise<BackupSource> {
  if (databaseUrl === undefined) return sqliteSource(dataFolder)
  const { postgresSource } = await import('../postgres/backup.ts')
  return postgresSource(databaseUrl)
}

async function targetOf({ dataFolder, databaseUrl }: StoreSettings): Promise<BackupTarget> {
  if (databaseUrl === undefined) return sqliteTarget(dataFolder)
  const { postgresTarget } = await import('../postgres/backup.ts')
  return postgresTarget(databaseUrl)
}
