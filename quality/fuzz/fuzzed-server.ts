import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { adminPassword } from '../../test/support/start-server.ts'
import { residentMegabytes } from '../bench/process-usage.ts'

/** A server in its own process, with only the samples. */
export type FuzzedServer = {
  url: string
  /** Resident memory in megabytes; 0 on systems without /proc. */
  megabytes(): number
  /** Stops the server and deletes its data. */
  stop(): void
}

const program = join(import.meta.dirname, '..', '..', 'bin', 'sidegate.js')

/**
 * Starts a server on loopback.
 * @param onLine called with each line that the server writes to its log or standard output.
 */
export async function startFuzzed(onLine: (line: string) => void): Promise<FuzzedServer> {
  const folder = mkdtempSync(join(tmpdir(), 'sidegate-fuzz-'))
  const server = spawn(process.execPath, [program, 'serve'], {
    env: {
      ...process.env,
      PORT: '0',
      HOST: '127.0.0.1',
      SIDEGATE_DATA: folder,
      SIDEGATE_SAMPLES: 'on',
      SIDEGATE_ADMIN_PASSWORD: adminPassword,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  // An interrupted run must not leave a server running.
  const kill = () => server.kill('SIGKILL')
  process.once('exit', kill)
  const url = await new Promise<string>((resolve, reject) => {
    for (const output of [server.stdout, server.stderr]) {
      createInterface(output).on('line', (line) => {
        const found = output === server.stdout ? /listens at (\S+)/.exec(line)?.[1] : undefined
        if (found === undefined) onLine(line)
        else resolve(found)
      })
    }
    server.once('exit', () => reject(new Error('the server exited')))
  })
  return {
    url,
    megabytes: () => (process.platform === 'linux' ? Math.round(residentMegabytes(server.pid ?? 0)) : 0),
    stop() {
      process.removeListener('exit', kill)
      kill()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
