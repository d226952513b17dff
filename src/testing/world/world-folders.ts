import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isMainThread } from 'node:worker_threads'

/** Where data is in memory, if there is such a place. */
const memory = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()

const prefix = 'sidegate-worlds-'

/** Threads have the id of their process, so that the main thread can remove their folders, too. */
const ours = join(memory, `${prefix}${process.pid}`)

/** A folder for the data of a world. It is removed when the process ends, if not before. */
export function worldFolder(): string {
  if (!existsSync(ours)) {
    removeLeftOvers()
    mkdirSync(ours, { recursive: true, mode: 0o700 })
    if (isMainThread) process.once('exit', () => rmSync(ours, { recursive: true, force: true }))
  }
  return mkdtempSync(join(ours, 'world-'))
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
