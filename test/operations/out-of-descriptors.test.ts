import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, get } from 'node:http'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ServerProcess } from '../support/server-process.ts'
import { signIn } from '../support/wire.ts'

const folder = mkdtempSync(join(tmpdir(), 'sidegate-descriptors-'))
const lines: string[] = []
/** Keeps its connection, as a load balancer does. */
const agent = new Agent({ keepAlive: true, maxSockets: 1 })
const connections: Socket[] = []
let server: ServerProcess

beforeAll(async () => {
  server = await ServerProcess.start(folder, {
    openFiles: 100,
    environment: { SIDEGATE_LOG_LEVEL: 'warn' },
    onLog: (line) => lines.push(line),
  })
})

afterAll(async () => {
  for (const connection of connections) connection.destroy()
  agent.destroy()
  await server.kill()
  rmSync(folder, { recursive: true, force: true })
})

function ask(path: string): Promise<{ status: number | undefined; body: string }> {
  return new Promise((resolve, reject) => {
    get(new URL(path, server.url), { agent }, async (answer) =>
      resolve({ status: answer.statusCode, body: await text(answer) }),
    ).on('error', reject)
  })
}

function connectOften(times: number): void {
  const { port, hostname } = new URL(server.url)
  for (let i = 0; i < times; i++) {
    connections.push(connect(Number(port), hostname).on('error', () => undefined))
  }
}

const ready = '/am/json/health/ready'

test('a server without file descriptors is not ready, says so once, and recovers', async () => {
  expect((await ask(ready)).status).toBe(200)
  const isOut = server.waitForLog('no file descriptors are left')
  connectOften(150)
  await isOut
  for (const path of [ready, '/desk/']) {
    const { status, body } = await ask(path)
    expect({ status, ...JSON.parse(body) }).toMatchObject({
      status: 503,
      message: 'The server has no file descriptors left',
    })
  }
  expect((await ask('/am/json/health/live')).status).toBe(200)

  const isBack = server.waitForLog('file descriptors are free again')
  for (const connection of connections) connection.destroy()
  await isBack
  expect((await ask(ready)).status).toBe(200)
  await signIn(server.url, 'alex', 'Alex-Pass-2026')
  expect(lines.filter((line) => line.includes('no file descriptors'))).toHaveLength(1)
  expect(lines.filter((line) => line.includes('"stack"'))).toEqual([])
})
