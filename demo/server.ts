import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

export type DemoServer = { baseUrl: string; stop(): Promise<void> }

/** The server at `PORT` on this machine, if it responds. */
export async function runningServer(): Promise<DemoServer | undefined> {
  const baseUrl = `http://127.0.0.1:${process.env.PORT ?? 8080}/am`
  const isReady = await fetch(`${baseUrl}/json/health/ready`).then(
    (response) => response.ok,
    () => false,
  )
  return isReady ? { baseUrl, stop: async () => undefined } : undefined
}

/** Starts a server on an empty data folder, which `stop` deletes. */
export async function freshServer(): Promise<DemoServer> {
  const folder = mkdtempSync(join(tmpdir(), 'sidegate-demo-'))
  const child = spawn(process.execPath, [join(import.meta.dirname, '..', 'bin', 'sidegate.js'), 'serve'], {
    env: {
      ...process.env,
      PORT: '0',
      HOST: '127.0.0.1',
      SIDEGATE_DATA: folder,
      SIDEGATE_SAMPLES: 'on',
      // The log would appear between the lines of the play.
      SIDEGATE_LOG_LEVEL: 'silent',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  for await (const line of createInterface(child.stdout)) {
    const url = /listens at (\S+)/.exec(line)?.[1]
    if (url !== undefined) return { baseUrl: url, stop: () => stop(child, folder) }
  }
  throw new Error('the server did not start')
}

function stop(child: ReturnType<typeof spawn>, folder: string): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => {
      rmSync(folder, { recursive: true, force: true })
      resolve()
    })
    child.kill('SIGTERM')
  })
}
