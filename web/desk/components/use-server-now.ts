import { serverOffset } from '../../api/server-clock.ts'
import { useNow } from '../../design/use-now.ts'

/** The server's time in epoch milliseconds, updated every second: for times that the server gave. */
export function useServerNow(): number {
  return useNow() + serverOffset()
}
