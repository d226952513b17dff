import { createReadStream, createWriteStream, rmSync } from 'node:fs'
import { rename } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { OperationError } from '../../base/errors.ts'

/**
 * Writes lines to a new compressed file that only its owner can read. The file gets its final name once it is complete.
 * @throws OperationError if the file exists or can't be written.
 */
export async function writeBackupFile(path: string, lines: AsyncIterable<string>): Promise<void> {
  const draft = `${path}.unfinished`
  const file = createWriteStream(draft, { flags: 'wx', mode: 0o600, flush: true })
  try {
    await pipeline(Readable.from(lines), createGzip(), file)
    await rename(draft, path)
  } catch (error) {
    if (!isCode(error, 'EEXIST')) rmSync(draft, { force: true })
    throw fileError(path, error)
  }
}

/** Reads a file line by line. @throws OperationError if it can't be read or is not a backup. */
export async function* readBackupFile(path: string): AsyncGenerator<string> {
  const unpacked = createGunzip()
  const unpacking = pipeline(createReadStream(path), unpacked)
  // Readers of the lines get the error, and so does the await below.
  unpacking.catch(() => undefined)
  try {
    yield* createInterface({ input: unpacked, crlfDelay: Number.POSITIVE_INFINITY })
    await unpacking
  } catch (error) {
    throw fileError(path, error)
  }
}

function fileError(path: string, error: unknown): OperationError {
  if (error instanceof OperationError) return error
  if (isCode(error, 'EEXIST'))
    return new OperationError(
      `${path}.unfinished exists. Another backup may be running; if not, delete the file.`,
    )
  if (isCode(error, 'ENOENT')) return new OperationError(`The file or folder ${path} does not exist`)
  if (isCode(error, 'Z_DATA_ERROR', 'Z_BUF_ERROR')) {
    return new OperationError(`${path} is damaged, or is not a backup of Sidegate`)
  }
  return new OperationError(`${path} cannot be read or written`, { cause: error })
}

function isCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code))
}
