import { closeSync, openSync } from 'node:fs'
import { devNull } from 'node:os'
import type { Logger } from 'pino'
import type { Cancel, Timers } from '../base/clock.ts'

/** @throws if this process has no file descriptor left: the operating system resets new connections without telling it. */
export function checkDescriptors(): void {
  closeSync(openSync(devNull, 'r'))
}

const intervalMs = 1000

/** Logs one line when the process runs out of file descriptors, and one when some are free again. */
export function watchDescriptors(timers: Timers, log: Logger): Cancel {
  let isOut = false
  return timers.every(intervalMs, () => {
    const wasOut = isOut
    isOut = !hasDescriptors()
    if (isOut && !wasOut) {
      log.error('no file descriptors are left, so new connections are reset: raise the limit (ulimit -n)')
    }
    if (!isOut && wasOut) log.warn('file descriptors are free again')
  })
}

function hasDescriptors(): boolean {
  try {
    checkDescriptors()
    return true
  } catch {
    return false
  }
}
