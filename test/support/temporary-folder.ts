import { chmodSync, mkdtempSync, readdirSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A file system in memory, on Linux. Tests mostly wait for databases to flush commits to disk. */
const inMemory = '/dev/shm'

/** Bytes that the databases of one test run need at most. */
const requiredBytes = 4 * 1024 ** 3

/** Runs once before all tests: gives them a temporary folder of their own, in memory if it fits. @returns its removal. */
export function setup(): (() => void) | undefined {
  // Developers set TMPDIR to choose a folder.
  if (process.env.TMPDIR !== undefined) return undefined
  const parent = fitsInMemory() ? inMemory : tmpdir()
  removeAbandoned(parent)
  const folder = mkdtempSync(join(parent, `sidegate-tests-${process.pid}-`))
  // PostgreSQL runs as another user if the tests run as root, and also writes here.
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

/** Removes the folders of test runs that were killed. Their names contain the id of the process. */
function removeAbandoned(parent: string): void {
  for (const name of readdirSync(parent)) {
    const pid = /^sidegate-tests-(\d+)-/.exec(name)?.[1]
    if (pid !== undefined && !isRunning(Number(pid))) removeUnlessMounted(join(parent, name))
  }
}

/** A killed run of the torture leaves a file system mounted inside, which only costs memory until the machine restarts. */
function removeUnlessMounted(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true })
  } catch {
    // This run doesn't need it.
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
