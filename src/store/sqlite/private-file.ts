import { chmodSync, closeSync, openSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Creates a file that only its owner can read, or restricts an existing one. SQLite gives its journal files the same
 * mode.
 * @returns its path.
 */
export function privateFile(folder: string, name: string): string {
  const file = join(folder, name)
  closeSync(openSync(file, 'a', 0o600))
  chmodSync(file, 0o600)
  return file
}
