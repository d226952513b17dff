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
import { OperationError } from '../errors.ts'

const rootKeyBytes = 32

const keyFileSchema = z.object({
  version: z.literal(1),
  rootKey: z
    .base64url()
    .transform((text) => Buffer.from(text, 'base64url'))
    .refine((key) => key.length === rootKeyBytes),
})

/** What opens all other keys, and whether its file was made just now. */
export type MasterKey = { key: Uint8Array; isNew: boolean }

/**
 * The key that opens all others: out of the file `keys` in the data folder, which is made at the first start. Whoever has
 * it can read every secret in storage; without it nobody can. Servers that share a database share it.
 * @param given takes the place of the file, so that the folder alone, or its backup, opens nothing.
 * @throws OperationError when the file cannot be read, has another form, is open to other users of the machine, or holds
 * another key than the one that is given: what was sealed with it could not be opened any more.
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
    throw new OperationError(`The key file ${path} holds another key than SIDEGATE_MASTER_KEY`)
  }
  return { key: given, isNew: false }
}

/** Takes the key file away: another key opens everything now. */
export function removeKeyFile(dataFolder: string): void {
  rmSync(join(dataFolder, 'keys'), { force: true })
}

function readRootKey(path: string): Uint8Array | undefined {
  const text = readPrivateFile(path)
  if (text === undefined) return undefined
  try {
    return keyFileSchema.parse(JSON.parse(text)).rootKey
  } catch {
    // The cause would quote the file, so it is left out.
    throw new OperationError(`The key file ${path} is not one of ours: restore it from a backup`)
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

/** Written aside and then linked, so that two servers that start at once agree, and none sees half a file. */
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
    // A left-over draft keeps the mode it had.
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
