import { OperationError } from '../base/errors.ts'
import type { Config } from '../config.ts'

/** Problems of addresses, by their code. */
const reasons: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program uses it. Choose another port, or end that program.',
  EACCES: 'this user may not use it. Choose a port above 1023.',
  EADDRNOTAVAIL: 'this machine does not have the address.',
}

/** @throws OperationError for an address that can't be used. */
export async function listen(
  server: { listen(at: { host: string; port: number }): Promise<string> },
  { host, port }: Pick<Config, 'host' | 'port'>,
): Promise<void> {
  try {
    await server.listen({ port, host })
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
    const reason = reasons[code]
    if (reason === undefined) throw cause
    throw new OperationError(`Sidegate cannot listen at ${host}:${port}: ${reason}`, { cause })
  }
}
