import { UsageError } from './usage-error.ts'

/**
 * Reads `--port`. 0 is a free one.
 * @throws UsageError for anything but a port.
 */
export function portOf(text: string): number {
  const port = Number(text)
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port
  throw new UsageError(`--port must be a number from 0 to 65535, not '${text}'`)
}
