import { randomBytes, timingSafeEqual } from 'node:crypto'
import {
  chmodSync,
  closeSync,
  fstatSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { OperationError } from '../base/errors.ts'

const rootKeyBytes = 32

const keyFileSchema = z.object({
  version: z.literal(1),
  rootKey: z
    .base64url()
    .transform((text) => Buffer.from(text, 'base64url'))
    .refine((key) => key.length === rootKeyBytes),
})

/** The key that opens all others. `isNew`: its file was created just now. */
export type MasterKey = { key: Uint8Array; isNew: boolean }

/**
 * Reads the master key from the file `keys` in the data folder, and creates the file at the first start. The master key
 * opens every secret in storage, and without it the secrets are lost. Servers that share a database need the same key.
 * @param given replaces the file, so that the data folder and its backups contain no key.
 * @throws OperationError if the file cannot be read, is invalid, is accessible to other users of the machine, or contains a
 * different key from `given`: secrets sealed with the file's key could no longer be opened.
 */
export function openMasterKey(dataFolder: string, given?: Uint8Array): MasterKey {
  const path = join(dataFolder, 'keys')
  const kept = readRootKey(path)
  if (given === undefined) {
    return kept === undefined
      ? { key: makeRootKey(dataFolder, path), isNew: true }
      : { key: kept, isNew: false }
  }
  if (kept !== undefined && !timingSafeEqual(kept, given)) {
    throw new OperationError(`The key file ${path} contains a different key from SIDEGATE_MASTER_KEY`)
  }
  return { key: given, isNew: false }
}

/** Deletes the key file, after another key has replaced it. */
export function removeKeyFile(dataFolder: string): void {
  rmSync(join(dataFolder, 'keys'), { force: true })
}

function readRootKey(path: string): Uint8Array | undefined {
  const text = readPrivateFile(path)
  if (text === undefined) return undefined
  try {
    return keyFileSchema.parse(JSON.parse(text)).rootKey
  } catch {
    // The cause is left out because it would quote the key.
    throw new OperationError(`The key file ${path} is not a valid key file: restore it from a backup`)
  }
}

function readPrivateFile(path: string): string | undefined {
  let file: number
  try {
    file = openSync(path, 'r')
  } catch (cause) {
    if (isCode(cause, 'ENOENT')) return undefined
    throw new OperationError(`The key file ${path} cannot be read`, { cause })
  }
  try {
    const isOpenToOthers = process.platform !== 'win32' && (fstatSync(file).mode & 0o077) !== 0
    if (isOpenToOthers) {
      throw new OperationError(`The key file ${path} is open to other users: run chmod 600 on it`)
    }
    return readFileSync(file, 'utf8')
  } finally {
    closeSync(file)
  }
}

/** Writes a draft and links it, so that servers that start together use the same key and never read a partial file. */
function makeRootKey(dataFolder: string, path: string): Uint8Array {
  const rootKey = randomBytes(rootKeyBytes)
  const draft = `${path}.${process.pid}.new`
  try {
    mkdirSync(dataFolder, { recursive: true, mode: 0o700 })
    writeDurably(draft, `${JSON.stringify({ version: 1, rootKey: rootKey.toString('base64url') })}\n`)
    linkSync(draft, path)
    return rootKey
  } catch (cause) {
    const kept = isCode(cause, 'EEXIST') ? readRootKey(path) : undefined
    if (kept === undefined) throw new OperationError(`The key file ${path} cannot be written`, { cause })
    return kept
  } finally {
    rmSync(draft, { force: true })
  }
}

function writeDurably(path: string, text: string): void {
  const file = openSync(path, 'w', 0o600)
  try {
    // A draft left by a crash keeps its old mode.
    chmodSync(path, 0o600)
    writeFileSync(file, text)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

function isCode(cause: unknown, code: string): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === code
}
