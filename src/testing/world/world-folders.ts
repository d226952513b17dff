import { existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isMainThread } from 'node:worker_threads'
import { OperationError } from '../../base/errors.ts'

/** Where data is in memory, if there is such a place. */
const memory = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()

const prefix = 'sidegate-worlds-'

/** Threads have the id of their process, so that the main thread can remove their folders, too. */
const ours = join(memory, `${prefix}${process.pid}`)

/** Whether this thread has made the folder, or seen that it is ours. */
let isReady = false

/**
 * A folder for the data of a world. It is removed when the process ends, if not before.
 * @throws OperationError if somebody else has made the folder for all of them, whose name can be guessed.
 */
export function worldFolder(): string {
  // Cleaners of temporary folders can remove it.
  if (!isReady || !existsSync(ours)) {
    removeLeftOvers()
    mkdirSync(ours, { recursive: true, mode: 0o700 })
    checkOwner(ours)
    if (isMainThread && !isReady) {
      process.once('exit', () => rmSync(ours, { recursive: true, force: true }))
    }
    isReady = true
  }
  return mkdtempSync(join(ours, 'world-'))
}

/** Data of worlds must not be readable for others. */
export function checkOwner(folder: string): void {
  const stat = lstatSync(folder)
  const isForUs = process.getuid === undefined || (stat.uid === process.getuid() && (stat.mode & 0o77) === 0)
  if (stat.isDirectory() && isForUs) return
  throw new OperationError(`${folder} must be a folder that only you can read: remove it`)
}

/** Removes the folders of processes that were killed. */
function removeLeftOvers(): void {
  for (const name of readdirSync(memory).filter((each) => each.startsWith(prefix))) {
    if (isRunning(Number(name.slice(prefix.length)))) continue
    try {
      rmSync(join(memory, name), { recursive: true, force: true })
    } catch {
      // Another user's folder.
    }
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // Another user's process.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
