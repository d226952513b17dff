import { type Logger, pino } from 'pino'
import type { LogFormat } from '../config.ts'

/** Milliseconds that a line may wait in the buffer. */
const flushMs = 200

/** Readable lines for a person at a terminal, JSON for everything else. `setting` overrides this. */
export function logFormat(setting: LogFormat | undefined, isTerminal: boolean): LogFormat {
  return setting ?? (isTerminal ? 'pretty' : 'json')
}

/** The log, on standard error. Standard output is for the person who started the server. */
export async function makeLog(level: string, format: LogFormat): Promise<Logger> {
  return pino({ level }, format === 'json' ? jsonLines() : await readableLines())
}

/** Writes many lines with one system call, which would otherwise cost more than formatting them. */
function jsonLines() {
  return pino.destination({ dest: 2, sync: false, minLength: 4096, periodicFlush: flushMs })
}

/** In this thread: another would take more memory than the whole of pino-pretty, and lose the last lines of a crash. */
async function readableLines() {
  const { default: pretty } = await import('pino-pretty')
  return pretty({
    destination: 2,
    sync: true,
    translateTime: 'SYS:HH:MM:ss.l',
    ignore: 'pid,hostname',
    singleLine: true,
  })
}
