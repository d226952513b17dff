import { existsSync } from 'node:fs'
import { OperationError } from '../../errors.ts'
import { sqliteSource, sqliteTarget } from '../sqlite/backup.ts'
import type { StoreSettings } from '../stores.ts'
import { readBackupFile, writeBackupFile } from './backup-file.ts'
import { type BackupHeader, backupLines, readHeader, readRows } from './backup-lines.ts'
import type { BackupSource, BackupTarget } from './ends.ts'

/**
 * Writes everything that a database keeps into a file, as it is at one moment; servers go on meanwhile. The key that opens
 * what is sealed in it is not in it.
 * @throws OperationError when there is such a file already, or one of both cannot be used.
 */
export async function backUp(settings: StoreSettings, path: string, now: number): Promise<void> {
  if (existsSync(path)) throw new OperationError(`${path} exists already`)
  const source = await sourceOf(settings)
  try {
    await writeBackupFile(path, backupLines(source, now))
  } finally {
    await source.close()
  }
}

/**
 * Puts a backup into a database that was never used, of either kind, and brings it to the version of this program.
 * @returns what the backup says of itself.
 * @throws OperationError when the file is no whole backup, or the database is not empty. No row of it is kept then.
 */
export async function restore(settings: StoreSettings, path: string): Promise<BackupHeader> {
  // Read once before anything is made: what is damaged makes nothing.
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
