import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net'
import { createServer as createTlsServer, getCACertificates, setDefaultCACertificates } from 'node:tls'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { certify } from '../../test/support/certificates.ts'
import { canonicalText } from './audit-entry.ts'
import { nextRow, noHash } from './chain.ts'
import { syslogAddress } from './syslog-address.ts'
import { syslogMessage } from './syslog-message.ts'
import { type SyslogResult, type SyslogSender, syslogSender } from './syslog-sender.ts'

const from = { hostName: 'desk-1', processId: 42 }
const at = Date.UTC(2026, 0, 2, 3, 4, 5, 6)
const row = (more: object = {}) =>
  nextRow(
    { sequence: 6, hash: noHash },
    canonicalText({ at, realm: '/alpha', eventName: 'AM-LOGOUT', result: 'SUCCESSFUL', ...more }),
  )

describe('a message', () => {
  test('follows RFC 5424 and contains the entry as JSON', () => {
    const message = syslogMessage(row(), from)
    const [, head, json = ''] = /^(.*?\]) (\{.*\})$/.exec(message) ?? []
    expect(head).toBe('<109>1 2026-01-02T03:04:05.006Z desk-1 sidegate 42 AM-LOGOUT [meta sequenceId="7"]')
    expect(JSON.parse(json)).toEqual({
      _id: '7',
      timestamp: '2026-01-02T03:04:05.006Z',
      realm: '/alpha',
      eventName: 'AM-LOGOUT',
      result: 'SUCCESSFUL',
      hash: row().hash,
    })
  })

  test('marks failures as warnings', () => {
    expect(syslogMessage(row({ result: 'FAILED' }), from)).toMatch(/^<108>1 /)
  })

  test('escapes names to one line of ASCII', () => {
    const name = 'Zoë\n<110>1 - - - - - -\u202e\u{1f600}\u0000'
    const message = syslogMessage(row({ who: { id: name, realm: '/alpha' } }), { ...from, hostName: 'a b\n' })
    expect(message).toMatch(/^[\x20-\x7e]+$/)
    expect(message).toContain(' ab sidegate ')
    expect(JSON.parse(message.slice(message.indexOf('{'))).who.id).toBe(
      'Zoë <110>1 - - - - - -\u202e\u{1f600} ',
    )
  })

  test('cuts a long event name in the header and keeps it in the text', () => {
    const eventName = 'SIDEGATE-VERIFICATION-PAUSE-LIFTED'
    const message = syslogMessage(row({ eventName }), from)
    expect(message).toContain(` ${eventName.slice(0, 32)} [`)
    expect(message).toContain(`"eventName":"${eventName}"`)
  })
})

describe('an address', () => {
  test.each([
    ['udp://logs.example.com:5514', { transport: 'udp', host: 'logs.example.com', port: 5514 }],
    ['udp://10.0.0.1', { transport: 'udp', host: '10.0.0.1', port: 514 }],
    ['tcp://logs', { transport: 'tcp', host: 'logs', port: 601 }],
    ['tls://[2001:db8::1]/', { transport: 'tls', host: '2001:db8::1', port: 6514 }],
  ])('%s', (text, address) => {
    expect(syslogAddress(text)).toEqual(address)
  })

  test.each([
    '',
    'logs:514',
    'http://logs',
    'udp://',
    'udp://logs:0',
    'udp://logs:65536',
    'tcp://me:secret@logs',
    'tcp://logs/path',
  ])('%j is invalid', (text) => {
    expect(syslogAddress(text)).toBeUndefined()
  })
})

let counted: Record<SyslogResult, number>
let logged: string[]
let changed: () => void
const closing: (() => unknown)[] = []

beforeEach(() => {
  counted = { sent: 0, lost: 0 }
  logged = []
  changed = () => undefined
})
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

function senderTo(transport: 'udp' | 'tcp' | 'tls', port: number, host = '127.0.0.1'): SyslogSender {
  const sender = syslogSender({
    address: { transport, host, port },
    count(result, messages) {
      counted[result] += messages
      changed()
    },
    log: pino({}, { write: (line: string) => void logged.push(line) }),
  })
  closing.push(() => sender.close())
  return sender
}

/** Resolves when a count is reached. */
function until(isReached: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = () => isReached() && resolve()
    changed = look
    look()
  })
}

/** A syslog server that reads length-prefixed messages. */
async function startReceiver(port = 0) {
  const received: string[] = []
  const sockets = new Set<Socket>()
  const server = createTcpServer((socket) => {
    sockets.add(socket)
    let text = Buffer.alloc(0)
    socket.on('error', () => undefined)
    socket.on('data', (chunk) => {
      text = Buffer.concat([text, chunk])
      for (;;) {
        const [head = '', length] = /^(\d+) /.exec(text.toString('latin1')) ?? []
        const end = head.length + Number(length)
        if (length === undefined || text.length < end) return
        received.push(text.subarray(head.length, end).toString())
        text = text.subarray(end)
        changed()
      }
    })
  })
  await once(server.listen(port, '127.0.0.1'), 'listening')
  const stop = async () => {
    for (const socket of sockets) socket.destroy()
    if (server.listening) await once(server.close(), 'close')
  }
  closing.push(stop)
  // A TCP server's address is never the name of a pipe.
  return { received, port: (server.address() as AddressInfo).port, stop }
}

test('sends one datagram per message over UDP', async () => {
  const receiver = createSocket('udp4')
  closing.push(() => receiver.close())
  const received: string[] = []
  receiver.on('message', (message) => {
    received.push(message.toString())
    changed()
  })
  receiver.bind(0, '127.0.0.1')
  await once(receiver, 'listening')
  senderTo('udp', receiver.address().port).send(['one\n', 'two'])
  await until(() => received.length === 2)
  expect(received.toSorted()).toEqual(['one\n', 'two'])
  await until(() => counted.sent === 2)
})

test('counts a failed datagram as lost without throwing', async () => {
  senderTo('udp', 9).send(['x'.repeat(70_000)])
  await until(() => counted.lost === 1)
})

test('prefixes TCP messages with their length in bytes', async () => {
  const { received, port } = await startReceiver()
  const sender = senderTo('tcp', port)
  sender.send(['one', 'with\nlines', 'ü'])
  await until(() => received.length === 3)
  sender.send(['more'])
  await until(() => received.length === 4)
  expect(received).toEqual(['one', 'with\nlines', 'ü', 'more'])
  await until(() => counted.sent === 4)
})

test('delivers waiting messages after an outage and logs it once', async () => {
  const first = await startReceiver()
  await first.stop()
  const sender = senderTo('tcp', first.port)
  sender.send(['early'])
  sender.send(['later'])
  const { received } = await startReceiver(first.port)
  await until(() => received.length === 2)
  expect(received).toEqual(['early', 'later'])
  expect(logged.length).toBeLessThanOrEqual(1)
  expect(counted.lost).toBe(0)
})

test('counts surplus and undelivered messages as lost', async () => {
  const { port, stop } = await startReceiver()
  await stop()
  const sender = senderTo('tcp', port)
  sender.send(Array.from({ length: 10_007 }, () => 'x'))
  expect(counted.lost).toBe(7)
  await sender.close()
  expect(counted).toEqual({ sent: 0, lost: 10_007 })
})

describe('over TLS', () => {
  async function startSecureReceiver() {
    const { pem, privateKey } = await certify('CN=localhost')
    const key = privateKey.export({ type: 'pkcs8', format: 'pem' })
    const received: string[] = []
    const server = createTlsServer({ key, cert: pem }, (socket) => {
      socket.on('error', () => undefined)
      socket.on('data', (chunk) => {
        received.push(chunk.toString())
        changed()
      })
    })
    server.on('tlsClientError', () => undefined)
    await once(server.listen(0, '127.0.0.1'), 'listening')
    closing.push(() => server.close())
    return { server, received, pem, port: (server.address() as AddressInfo).port }
  }

  test('sends nothing to a server with an untrusted certificate', async () => {
    const { server, received, port } = await startSecureReceiver()
    const refused = once(server, 'tlsClientError')
    const sender = senderTo('tls', port, 'localhost')
    sender.send(['secret'])
    await refused
    await sender.close()
    expect(received).toEqual([])
    expect(counted).toEqual({ sent: 0, lost: 1 })
  })

  test('sends to a server with a trusted certificate', async () => {
    const { received, pem, port } = await startSecureReceiver()
    const usual = getCACertificates('default')
    setDefaultCACertificates([...usual, pem])
    closing.push(() => setDefaultCACertificates(usual))
    senderTo('tls', port, 'localhost').send(['secret'])
    await until(() => received.length > 0)
    expect(received.join('')).toBe('6 secret')
  })
})
