import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asking, audited } from '../support/rest.ts'
import { adminPassword, startServer, type TestServer } from '../support/start-server.ts'
import { signIn } from '../support/wire.ts'

let syslog: Socket
let server: TestServer
const received: string[] = []
let onMessage: () => void = () => undefined

beforeAll(async () => {
  syslog = createSocket('udp4')
  syslog.on('message', (message) => {
    received.push(message.toString())
    onMessage()
  })
  syslog.bind(0, '127.0.0.1')
  await once(syslog, 'listening')
  const { port } = syslog.address()
  server = await startServer({ auditSyslog: { transport: 'udp', host: '127.0.0.1', port } })
})
afterAll(async () => {
  await server?.stop()
  syslog?.close()
})

test('audit entries reach the syslog server with their sequence number', async () => {
  await signIn(server.url, 'alex', 'Alex-Pass-2026')
  const ask = asking(server.url, await signIn(server.url, 'amadmin', adminPassword, '/'))
  const [newest] = await audited(ask, 'event=AM-SESSION-CREATED')
  const copyOf = (id: string) =>
    received.find((message) => message.includes(`"_id":"${id}"`) && message.includes(' AM-SESSION-CREATED '))
  await new Promise<void>((resolve) => {
    onMessage = () => copyOf(newest._id) !== undefined && resolve()
    onMessage()
  })
  const copy = copyOf(newest._id) ?? ''
  expect(copy).toContain(`[meta sequenceId="${newest._id}"]`)
  expect(JSON.parse(copy.slice(copy.indexOf('{')))).toEqual(newest)
  expect(received.join('\n')).not.toContain('Alex-Pass-2026')
})

test('an unreachable syslog server doesn’t affect requests, and entries for it are kept', async () => {
  const alone = await startServer({ auditSyslog: { transport: 'tcp', host: '127.0.0.1', port: 9 } })
  const ask = asking(alone.url, await signIn(alone.url, 'amadmin', adminPassword, '/'))
  expect(await audited(ask, 'event=AM-SESSION-CREATED', '/realms/root')).toHaveLength(1)
  await alone.stop()
})
