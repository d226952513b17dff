import { createReadStream, createWriteStream, rmSync } from 'node:fs'
import { rename } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { OperationError } from '../../errors.ts'

/**
 * Writes lines into a new file, compressed, for its owner alone. It has its name once it is whole.
 * @throws OperationError when there is such a file already, or it cannot be written.
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

/** The lines of a file, one after the other. @throws OperationError when it cannot be read, or is none of ours. */
export async function* readBackupFile(path: string): AsyncGenerator<string> {
  const unpacked = createGunzip()
  const unpacking = pipeline(createReadStream(path), unpacked)
  // Whoever reads the lines hears of it, or whoever waits for it below.
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
    return new OperationError(`${path}.unfinished is there: is a backup being written?`)
  if (isCode(error, 'ENOENT')) return new OperationError(`There is no file or folder ${path}`)
  if (isCode(error, 'Z_DATA_ERROR', 'Z_BUF_ERROR')) {
    return new OperationError(`${path} is damaged, or no backup of Sidegate`)
  }
  return new OperationError(`${path} cannot be read or written`, { cause: error })
}

function isCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code))
}
