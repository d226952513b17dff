import { randomBytes } from 'node:crypto'
import { Writable } from 'node:stream'
import { pino } from 'pino'
import { afterEach, expect, test, vi } from 'vitest'
import { freePort, startMailServer } from '../../test/support/mail-server.ts'
import { openNewStores } from '../../test/support/new-database.ts'
import { startRecording, verdictsIn } from '../../test/support/trace-receiver.ts'
import { createSealer } from '../secrets/seal.ts'
import { exampleCommit, exampleJourneySession } from '../store/contract/examples.ts'
import type { Stores } from '../store/stores.ts'
import { noTracing } from '../telemetry/traces/tracing.ts'
import type { Mail, MailSender } from './mail.ts'
import { MailOutbox } from './mail-outbox.ts'
import { type MailTransport, smtpTransport } from './transport.ts'

const mail: Mail = {
  from: '',
  to: 'kim@example.com',
  subject: 'Your code',
  body: 'The code is 12345678',
  isHtml: false,
}

const opened: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close()
})

const senders: Record<string, MailSender> = {
  '/larkfield': { from: 'Larkfield <no-reply@larkfield.example>', replyTo: 'help@larkfield.example' },
}

/** An outbox with real storage and a clock that the test sets. */
async function prepared(
  smtpUrl: string | undefined,
  transport?: Partial<MailTransport>,
  tracing = noTracing,
  smtpAllow: readonly string[] = ['127.0.0.1'],
) {
  const stores = await openNewStores()
  opened.push(() => stores.close())
  const lines: string[] = []
  const sink = new Writable({ write: (chunk, _encoding, done) => done(void lines.push(String(chunk))) })
  const clock = { now: 1_800_000_000_000 }
  const parts = {
    store: stores.mails,
    sealer: createSealer(randomBytes(32)),
    transport: {
      ...smtpTransport({ smtpUrl, mailFrom: 'Desk <desk@example.com>', smtpAllow }),
      ...transport,
    },
    senderOf: async (realm: string) => senders[realm] ?? { from: '', replyTo: '' },
    tracing,
    linkMailed: async () => undefined,
    now: () => clock.now,
    log: pino(sink),
  }
  const mailOutbox = new MailOutbox(parts)
  opened.push(() => mailOutbox.close())
  return { stores, mailOutbox, clock, lines, another: () => new MailOutbox(parts) }
}

async function queue(stores: Stores, mailOutbox: MailOutbox, now: number, ...mails: Mail[]) {
  const queued = mails.map((each) => mailOutbox.queued('/alpha', each, now))
  await stores.steps.commit(exampleCommit(exampleJourneySession(), { mails: queued }))
  mailOutbox.wake()
  return queued
}

async function mailServer(options: Parameters<typeof startMailServer>[0] = {}) {
  const server = await startMailServer(options)
  opened.push(() => server.stop())
  return server
}

test('sends a saved email and removes it from the outbox', async () => {
  const server = await mailServer()
  const { stores, mailOutbox, clock, lines } = await prepared(server.url)
  mailOutbox.start()
  await queue(stores, mailOutbox, clock.now, mail)
  expect(await server.arrived(1)).toEqual({
    from: 'desk@example.com',
    to: ['kim@example.com'],
    subject: 'Your code',
    body: 'The code is 12345678',
    isHtml: false,
    user: '',
  })
  await vi.waitFor(async () => expect(await stores.mails.count(['settings'])).toBe(0))
  expect(lines.join('')).toContain('sent an email')
  expect(lines.join('')).not.toMatch(/12345678|kim@example.com|Your code/)
})

test('the stored form has a masked recipient, and its content only sealed', async () => {
  const { mailOutbox, clock } = await prepared(undefined)
  const queued = mailOutbox.queued('/alpha', mail, clock.now)
  expect(queued.about).toMatch(/^k•+@example\.com$|^k•+m@example\.com$/)
  expect(JSON.stringify(queued)).not.toMatch(/12345678|kim@example.com|Your code/)
})

test('records a span with the result and without the recipient', async () => {
  const server = await mailServer()
  const recording = await startRecording()
  const { stores, mailOutbox, clock } = await prepared(server.url, {}, recording.tracing)
  mailOutbox.start()
  const [queued] = await queue(stores, mailOutbox, clock.now, mail)
  await server.arrived(1)
  await mailOutbox.close()
  const { spans, exported } = await recording.finish()
  expect(spans()).toMatchObject([
    {
      name: 'email',
      about: { 'sidegate.mail': queued?.id, 'sidegate.realm': '/alpha', 'sidegate.verdict': 'made' },
    },
  ])
  expect(exported()).not.toMatch(/12345678|kim@example.com|Your code/)
})

test('uses the sender of the realm unless the email has its own', async () => {
  const sent: Mail[] = []
  const { stores, mailOutbox, clock } = await prepared('smtp://127.0.0.1:1', {
    send: async (each) => void sent.push(each),
  })
  mailOutbox.start()
  for (const each of [mail, { ...mail, from: 'own@example.com' }]) {
    await stores.mails.add(mailOutbox.queued('/larkfield', each, clock.now))
    mailOutbox.wake()
  }
  await vi.waitFor(() => expect(sent).toHaveLength(2))
  expect(sent.map(({ from, replyTo }) => [from, replyTo]).toSorted()).toEqual([
    ['Larkfield <no-reply@larkfield.example>', 'help@larkfield.example'],
    ['own@example.com', 'help@larkfield.example'],
  ])
})

test('stores emails sealed', async () => {
  const { stores, mailOutbox, clock } = await prepared(undefined)
  const [queued] = await queue(stores, mailOutbox, clock.now, mail)
  expect(JSON.stringify(queued)).not.toMatch(/12345678|kim@example.com|Your code/)
})

test('sends emails from before the start, each once', async () => {
  const server = await mailServer()
  const { stores, mailOutbox, clock, another } = await prepared(server.url)
  await queue(
    stores,
    mailOutbox,
    clock.now,
    ...Array.from({ length: 9 }, (_, i) => ({ ...mail, subject: `${i}` })),
  )
  const second = another()
  opened.push(() => second.close())
  mailOutbox.start()
  second.start()
  await server.arrived(9)
  await vi.waitFor(async () => expect(await stores.mails.count(['settings'])).toBe(0))
  expect(server.mails.map(({ subject }) => subject).sort()).toEqual([...'012345678'])
})

test('retries with growing pauses until the mail server is up', async () => {
  const port = await freePort()
  const { stores, mailOutbox, clock, lines } = await prepared(`smtp://127.0.0.1:${port}`)
  mailOutbox.start()
  await queue(stores, mailOutbox, clock.now, mail)
  const failures = (count: number) =>
    vi.waitFor(() => expect(lines.filter((line) => line.includes('will retry'))).toHaveLength(count))
  await failures(1)
  expect(await stores.mails.nextDue(['settings'])).toBe(clock.now + 5_000)
  clock.now += 5_000
  mailOutbox.wake()
  await failures(2)
  expect(await stores.mails.nextDue(['settings'])).toBe(clock.now + 10_000)
  const server = await mailServer({ port })
  clock.now += 10_000
  mailOutbox.wake()
  expect(await server.arrived(1)).toMatchObject({ subject: 'Your code' })
  expect(lines.join('')).toContain('ESOCKET')
  expect(lines.join('')).not.toMatch(/12345678|kim@example.com/)
})

test('gives up a permanently refused address and retries a temporarily refused one', async () => {
  const server = await mailServer({
    refuse: (to) => (to.startsWith('gone') ? 550 : to.startsWith('full') ? 452 : undefined),
  })
  const { stores, mailOutbox, clock, lines } = await prepared(server.url)
  mailOutbox.start()
  await queue(
    stores,
    mailOutbox,
    clock.now,
    { ...mail, to: 'gone@example.com' },
    { ...mail, to: 'full@example.com' },
  )
  await vi.waitFor(() => expect(lines).toHaveLength(2))
  await vi.waitFor(async () => expect(await stores.mails.count(['settings'])).toBe(1))
  expect(lines.find((line) => line.includes('giving up'))).toContain('"response":550')
  expect(lines.join('')).not.toContain('@example.com')
})

test('gives up after twenty attempts', async () => {
  const recording = await startRecording()
  const send = () => Promise.reject(new Error('down'))
  const { stores, mailOutbox, clock, lines } = await prepared(
    'smtp://127.0.0.1:1',
    { send },
    recording.tracing,
  )
  await queue(stores, mailOutbox, clock.now, mail)
  mailOutbox.start()
  await vi.waitFor(async () => {
    clock.now += 3 * 3_600_000
    mailOutbox.wake()
    expect(await stores.mails.count(['settings'])).toBe(0)
  }, 10_000)
  expect(lines.filter((line) => line.includes('will retry'))).toHaveLength(19)
  expect(lines.filter((line) => line.includes('giving up'))).toHaveLength(1)
  await mailOutbox.close()
  expect(verdictsIn(await recording.finish())).toEqual([...Array(19).fill('again'), 'never'])
})

test('keeps emails without a mail server, warns once, and sends those with their own server', async () => {
  const server = await mailServer()
  const { stores, mailOutbox, clock, lines } = await prepared(undefined)
  mailOutbox.start()
  const own = {
    host: '127.0.0.1',
    port: server.port,
    security: 'none',
    username: 'desk',
    password: 'right',
  } as const
  await queue(stores, mailOutbox, clock.now, mail)
  await queue(stores, mailOutbox, clock.now, mail, {
    ...mail,
    server: own,
    subject: 'Own',
    from: 'own@example.com',
  })
  expect(await server.arrived(1)).toMatchObject({ subject: 'Own', from: 'own@example.com', user: 'desk' })
  await vi.waitFor(async () => expect(await stores.mails.count(['own'])).toBe(0))
  expect(await stores.mails.count(['settings'])).toBe(2)
  expect(lines.filter((line) => line.includes('SIDEGATE_SMTP_URL is not set'))).toHaveLength(1)
})

test.each([['localhost'], ['127.0.0.1'], ['2130706433']])(
  'a mail server that a node names as %s is not connected to, whether its port is open or closed',
  async (host) => {
    const server = await mailServer()
    const { stores, mailOutbox, clock, lines } = await prepared(undefined, {}, noTracing, [])
    const own = { host, security: 'none', username: '', password: '' } as const
    const at = (port: number) => ({ ...mail, server: { ...own, port } })
    await queue(stores, mailOutbox, clock.now, at(server.port), at(1))
    mailOutbox.start()
    await vi.waitFor(() => expect(lines.filter((line) => line.includes('EFENCED'))).toHaveLength(2))
    expect(lines.join()).toContain('SIDEGATE_SMTP_ALLOW must list it')
    expect(server.mails).toEqual([])
  },
)

test('lets nodes use the configured mail server', async () => {
  const server = await mailServer()
  const { stores, mailOutbox, clock } = await prepared(server.url, {}, noTracing, [])
  const own = { host: '127.0.0.1', port: server.port, security: 'none', username: '', password: '' } as const
  mailOutbox.start()
  await queue(stores, mailOutbox, clock.now, { ...mail, server: own, subject: 'Own' })
  expect(await server.arrived(1)).toMatchObject({ subject: 'Own' })
})

test('retries after a wrong password for the mail server', async () => {
  const server = await mailServer()
  const { stores, mailOutbox, clock, lines } = await prepared(`smtp://desk:wrong@127.0.0.1:${server.port}`)
  mailOutbox.start()
  await queue(stores, mailOutbox, clock.now, mail)
  await vi.waitFor(() => expect(lines.join('')).toContain('EAUTH'))
  expect(await stores.mails.count(['settings'])).toBe(1)
  expect(lines.join('')).not.toContain('wrong')
})

test('treats an address as one recipient, whatever it contains', async () => {
  const server = await mailServer()
  const { stores, mailOutbox, clock } = await prepared(server.url)
  mailOutbox.start()
  await queue(stores, mailOutbox, clock.now, { ...mail, to: 'kim@example.com, all@example.com' }, mail)
  await server.arrived(1)
  await mailOutbox.close()
  expect(server.mails.flatMap(({ to }) => to)).not.toContain('all@example.com')
})

test("continues after an email that it can't decrypt", async () => {
  const server = await mailServer()
  const { stores, mailOutbox, clock } = await prepared(server.url)
  const queued = [
    { ...mailOutbox.queued('/alpha', mail, clock.now), body: 'altered' },
    mailOutbox.queued('/alpha', mail, clock.now),
  ]
  await stores.steps.commit(exampleCommit(exampleJourneySession(), { mails: queued }))
  mailOutbox.start()
  await server.arrived(1)
})

test('retries when storage fails', async () => {
  const { stores, mailOutbox, lines } = await prepared('smtp://127.0.0.1:1')
  await stores.close()
  mailOutbox.start()
  await vi.waitFor(() => expect(lines.join('')).toContain('reading the outbox failed'))
})

test('waits for emails in flight when it closes', async () => {
  let finish: () => void = () => undefined
  const { stores, mailOutbox, clock } = await prepared('smtp://127.0.0.1:1', {
    send: () =>
      new Promise<void>((resolve) => {
        finish = resolve
      }),
  })
  await queue(stores, mailOutbox, clock.now, mail)
  const before = finish
  mailOutbox.start()
  await vi.waitFor(() => expect(finish).not.toBe(before))
  const closed = mailOutbox.close()
  finish()
  await closed
  expect(await stores.mails.count(['settings'])).toBe(0)
})
