import { chmodSync, mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A file system in memory, on Linux. Databases flush each commit to disk, and that is most of what a test waits for. */
const inMemory = '/dev/shm'

/** Bytes that the databases of one test run need at most. */
const requiredBytes = 4 * 1024 ** 3

/** Runs once before all tests: gives them a temporary folder of their own, in memory if it fits. @returns its removal. */
export function setup(): (() => void) | undefined {
  // A TMPDIR from outside is a choice of the developer.
  if (process.env.TMPDIR !== undefined) return undefined
  const folder = mkdtempSync(join(fitsInMemory() ? inMemory : tmpdir(), 'sidegate-tests-'))
  // PostgreSQL runs as another user when the tests run as root, and works in here too.
  chmodSync(folder, 0o755)
  process.env.TMPDIR = folder
  return () => rmSync(folder, { recursive: true, force: true })
}

function fitsInMemory(): boolean {
  try {
    const { bavail, bsize } = statfsSync(inMemory)
    return bavail * bsize >= requiredBytes
  } catch {
    return false
  }
}
