import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asking, audited } from '../support/rest.ts'
import { adminPassword, startServer, type TestServer } from '../support/start-server.ts'
import { signIn } from '../support/wire.ts'

let receiver: Socket
let server: TestServer
const received: string[] = []
let onMessage: () => void = () => undefined

beforeAll(async () => {
  receiver = createSocket('udp4')
  receiver.on('message', (message) => {
    received.push(message.toString())
    onMessage()
  })
  receiver.bind(0, '127.0.0.1')
  await once(receiver, 'listening')
  const { port } = receiver.address()
  server = await startServer({ auditSyslog: { transport: 'udp', host: '127.0.0.1', port } })
})
afterAll(async () => {
  await server?.stop()
  receiver?.close()
})

test('what is in the audit book reaches the syslog server, with its place in the chain', async () => {
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

test('a syslog server that is away hinders nobody, and what it misses is kept', async () => {
  const alone = await startServer({ auditSyslog: { transport: 'tcp', host: '127.0.0.1', port: 9 } })
  const ask = asking(alone.url, await signIn(alone.url, 'amadmin', adminPassword, '/'))
  expect(await audited(ask, 'event=AM-SESSION-CREATED', '/realms/root')).toHaveLength(1)
  await alone.stop()
})
