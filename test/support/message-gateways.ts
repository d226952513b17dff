import { createHash, createHmac, generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { jwtVerify } from 'jose'
import { z } from 'zod'
import { createHttpClient } from '../../src/sandbox/hosts/http-client.ts'

const number = z.string().regex(/^\+[1-9]\d{6,14}$/)
const digits = z.string().regex(/^[1-9]\d{6,14}$/)

/** A message that a gateway accepted. */
export type Received = {
  provider: string
  to: string
  text: string
  from: string
  statusUrl: string | undefined
  language?: string
}

/** `down`: status 503. `slow`: no answer until the test ends it. `nonsense`: 200 and a page. `refusing`: the provider's 400. */
export type Mood = 'fine' | 'down' | 'slow' | 'nonsense' | 'refusing' | 'huge'

type Asked = { method: string; url: URL; headers: IncomingHttpHeaders; body: string }
type Answered = { status: number; body: string; received?: Received }

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()

/** Credentials that the gateways accept. */
const credentials = {
  accountSid: `AC${'0'.repeat(32)}`,
  authToken: 'twilio-token-1',
  apiKey: 'vonagekey',
  apiSecret: 'vonage-secret-1',
  applicationId: '11111111-2222-4333-8444-555555555555',
  privateKey: pem,
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'sns-secret-1',
  secret: 'plain-secret-1',
}

const uuid = 'aaaaaaaa-bbbb-4ccc-8ddd-0123456789ab'

/** Local servers that speak the providers' shapes, and refuse whatever the providers would refuse. */
export async function startGateways() {
  const received: Received[] = []
  const attempts: Asked[] = []
  const state: { mood: Mood } = { mood: 'fine' }
  const held: ServerResponse[] = []
  let wake = (): void => undefined
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString()
    const { method = '', headers } = request
    const asked = { method, url: new URL(request.url ?? '/', base()), headers, body }
    attempts.push(asked)
    wake()
    if (state.mood === 'slow') return void held.push(response)
    if (state.mood === 'down') return void response.writeHead(503).end('over capacity')
    if (state.mood === 'nonsense') return void response.end('<html>Welcome to the hotel wifi</html>')
    if (state.mood === 'huge') return void response.end(`{"sid": "${'x'.repeat(200_000)}"}`)
    const answered = await answer(asked, state.mood)
    if (answered.received !== undefined) received.push(answered.received)
    response.writeHead(answered.status).end(answered.body)
    wake()
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  // The address of a TCP server is never a string.
  const host = () => `127.0.0.1:${(server.address() as AddressInfo).port}`
  const base = () => `http://${host()}`
  const until = async (isDone: () => boolean) => {
    while (!isDone()) {
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  }
  return {
    host: host(),
    url: base(),
    received,
    attempts,
    state,
    settings: settingsFor(base()),
    /** Resolves with the message once there are `count`. */
    async arrived(count: number): Promise<Received> {
      await until(() => received.length >= count)
      return received[count - 1] as Received
    },
    asked: (count: number) => until(() => attempts.length >= count),
    /** Sends requests like a server, which may list this host. */
    client: ({ isFenced = false, timeoutMs = 10_000, allowed = [] as readonly string[] } = {}) =>
      createHttpClient({
        allowedHosts: isFenced ? [] : [host(), ...allowed],
        isStatusOnly: true,
        maxBodyBytes: 65_536,
        timeoutMs,
      }),
    /** Accepts the held messages. */
    release() {
      const body = JSON.stringify({ sid: `SM${'1'.repeat(32)}` })
      for (const response of held.splice(0)) response.writeHead(201).end(body)
    },
    async stop() {
      for (const response of held) response.destroy()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** Settings of each provider, for the local gateways. */
function settingsFor(baseUrl: string) {
  const { accountSid, authToken, apiKey, apiSecret, accessKeyId, secretAccessKey, secret } = credentials
  const from = '+15005550006'
  const plain = {
    provider: 'http',
    url: `${baseUrl}/plain?to={{to}}`,
    headers: { authorization: 'Bearer {{secret}}' },
    body: '{"to": "{{to}}", "text": "{{text}}", "from": "{{from}}", "id": "{{id}}", "report": "{{statusUrl}}"}',
    from: 'Larkfield',
    secret,
    acceptedStatuses: [202],
    idPointer: '/message/id',
  }
  return {
    sms: {
      twilio: { provider: 'twilio', accountSid, authToken, from, baseUrl },
      vonage: { provider: 'vonage', apiKey, apiSecret, from, baseUrl },
      sns: {
        provider: 'sns',
        region: 'eu-central-1',
        accessKeyId,
        secretAccessKey,
        senderId: 'Larkfield',
        baseUrl,
      },
      http: plain,
    },
    voice: {
      twilio: { provider: 'twilio', accountSid, authToken, from, baseUrl },
      vonage: {
        provider: 'vonage',
        applicationId: credentials.applicationId,
        privateKey: credentials.privateKey,
        from,
        baseUrl,
      },
      http: plain,
    },
  } as const
}

function answer(asked: Asked, mood: Mood): Answered | Promise<Answered> {
  const { pathname } = asked.url
  if (asked.method !== 'POST') return { status: 405, body: '' }
  if (pathname.startsWith('/2010-04-01/')) return twilio(asked, mood)
  if (pathname === '/v1/messages') return vonageSms(asked, mood)
  if (pathname === '/v1/calls') return vonageCall(asked)
  if (pathname === '/') return sns(asked, mood)
  return pathname === '/plain' ? plain(asked, mood) : { status: 404, body: '' }
}

function isBasic({ authorization = '' }: IncomingHttpHeaders, user: string, password: string): boolean {
  return authorization === `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
}

const twilioMessage = z.strictObject({
  To: number,
  From: number,
  Body: z.string().min(1).max(1600),
  ValidityPeriod: z.string().regex(/^[1-9]\d{0,4}$/),
  StatusCallback: z.url().optional(),
})

const twilioCall = z.strictObject({
  To: number,
  From: number,
  Twiml: z.string().regex(/^<Response><Say language="[\w-]+" loop="2">[^<>]+<\/Say><\/Response>$/),
  StatusCallback: z.url().optional(),
  MachineDetection: z.literal('Enable').optional(),
  AsyncAmd: z.literal('true').optional(),
  AsyncAmdStatusCallback: z.url().optional(),
})

function twilio({ url, headers, body }: Asked, mood: Mood): Answered {
  const { accountSid, authToken } = credentials
  const refused = (status: number, code: number) => ({ status, body: JSON.stringify({ code, status }) })
  if (!isBasic(headers, accountSid, authToken)) return refused(401, 20003)
  const form = Object.fromEntries(new URLSearchParams(body))
  if (headers['content-type'] !== 'application/x-www-form-urlencoded') return refused(415, 20422)
  if (mood === 'refusing') return refused(400, 21211)
  if (url.pathname === `/2010-04-01/Accounts/${accountSid}/Messages.json`) {
    const { data } = twilioMessage.safeParse(form)
    if (data === undefined) return refused(400, 21604)
    const { To: to, From: from, Body: text, StatusCallback: statusUrl } = data
    const sent = { sid: `SM${'1'.repeat(32)}`, status: 'queued', error_code: null }
    return {
      status: 201,
      body: JSON.stringify(sent),
      received: { provider: 'twilio', to, text, from, statusUrl },
    }
  }
  const { data } = twilioCall.safeParse(form)
  if (data === undefined) return refused(400, 21205)
  const { To: to, From: from, Twiml, StatusCallback: statusUrl } = data
  const [, language = '', text = ''] = /language="([\w-]+)".*?>(.*?)</.exec(Twiml) ?? []
  return {
    status: 201,
    body: JSON.stringify({ sid: `CA${'1'.repeat(32)}`, status: 'queued' }),
    received: { provider: 'twilio-voice', to, text, from, statusUrl, language },
  }
}

const vonageMessage = z.strictObject({
  channel: z.literal('sms'),
  message_type: z.literal('text'),
  to: digits,
  from: digits,
  text: z.string().min(1),
  ttl: z.int().min(20).max(604_800),
  client_ref: z.string().max(100),
  webhook_url: z.url().optional(),
  webhook_version: z.literal('v1').optional(),
})

function vonageSms({ headers, body }: Asked, mood: Mood): Answered {
  const problem = (status: number, title: string) => ({
    status,
    body: JSON.stringify({ type: 'https://developer.vonage.com/api-errors', title, detail: 'no' }),
  })
  if (!isBasic(headers, credentials.apiKey, credentials.apiSecret)) return problem(401, 'Unauthorized')
  if (mood === 'refusing') return problem(422, 'Invalid params')
  const { data } = vonageMessage.safeParse(JSON.parse(body))
  if (data === undefined) return problem(422, 'Invalid params')
  const { to, from, text, webhook_url: statusUrl } = data
  return {
    status: 202,
    body: JSON.stringify({ message_uuid: uuid }),
    received: { provider: 'vonage', to, text, from, statusUrl },
  }
}

const vonageTalk = z.strictObject({
  to: z.tuple([z.strictObject({ type: z.literal('phone'), number: digits })]),
  from: z.strictObject({ type: z.literal('phone'), number: digits }),
  ncco: z.tuple([
    z.strictObject({
      action: z.literal('talk'),
      text: z.string().regex(/^<speak>[^<>]+<\/speak>$/),
      language: z.string(),
      loop: z.literal(2),
    }),
  ]),
  machine_detection: z.literal('hangup'),
  event_url: z.tuple([z.url()]).optional(),
  event_method: z.literal('POST').optional(),
})

async function vonageCall({ headers, body }: Asked): Promise<Answered> {
  const token = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1] ?? ''
  const claims = await jwtVerify(token, publicKey, {
    algorithms: ['RS256'],
    requiredClaims: ['iat', 'exp', 'jti'],
    // Tests set the time.
    currentDate: new Date(1000 * (decoded(token).iat ?? 0)),
  }).catch(() => undefined)
  if (claims?.payload.application_id !== credentials.applicationId) return { status: 401, body: '{}' }
  const { data } = vonageTalk.safeParse(JSON.parse(body))
  if (data === undefined) return { status: 400, body: '{"title": "Bad Request"}' }
  const [{ text: ssml, language }] = data.ncco
  const text = ssml.replaceAll(/<\/?speak>/g, '')
  const statusUrl = data.event_url?.[0]
  const received = {
    provider: 'vonage-voice',
    to: data.to[0].number,
    from: data.from.number,
    text,
    statusUrl,
    language,
  }
  return { status: 201, body: JSON.stringify({ uuid, status: 'started', direction: 'outbound' }), received }
}

function decoded(token: string): { iat?: number } {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? 'e30', 'base64url').toString() || '{}')
}

function sns(asked: Asked, mood: Mood): Answered {
  const error = (status: number, code: string) => ({
    status,
    body: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code></Error></ErrorResponse>`,
  })
  if (asked.headers.authorization !== expectedSignature(asked)) return error(403, 'SignatureDoesNotMatch')
  if (mood === 'refusing') return error(400, 'InvalidParameter')
  const form = Object.fromEntries(new URLSearchParams(asked.body))
  const entry = (place: number) => ({
    name: form[`MessageAttributes.entry.${place}.Name`],
    type: form[`MessageAttributes.entry.${place}.Value.DataType`],
    value: form[`MessageAttributes.entry.${place}.Value.StringValue`],
  })
  const sender = entry(2)
  const isRight =
    form.Action === 'Publish' &&
    form.Version === '2010-03-31' &&
    entry(1).value === 'Transactional' &&
    sender.name === 'AWS.SNS.SMS.SenderID' &&
    sender.type === 'String'
  const to = number.safeParse(form.PhoneNumber).data
  if (!isRight || to === undefined) return error(400, 'InvalidParameter')
  const received = {
    provider: 'sns',
    to,
    text: form.Message ?? '',
    from: sender.value ?? '',
    statusUrl: undefined,
  }
  const body = `<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult><MessageId>${uuid}</MessageId></PublishResult></PublishResponse>`
  return { status: 200, body, received }
}

/** Source: AWS, "Create a signed AWS API request". */
function expectedSignature({ method, url, headers, body }: Asked): string {
  const [, scope = '', names = ''] =
    /Credential=AKIDEXAMPLE\/(\S+), SignedHeaders=([\w;-]+), /.exec(headers.authorization ?? '') ?? []
  const [date = '', region = '', service = ''] = scope.split('/')
  const sha = (text: string) => createHash('sha256').update(text).digest('hex')
  const lines = names.split(';').map((name) => `${name}:${String(headers[name] ?? '').trim()}\n`)
  const canonical = [method, url.pathname, '', lines.join(''), names, sha(body)].join('\n')
  const toSign = ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope, sha(canonical)].join('\n')
  const mac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest()
  const key = mac(mac(mac(mac(`AWS4${credentials.secretAccessKey}`, date), region), service), 'aws4_request')
  const signature = createHmac('sha256', key).update(toSign).digest('hex')
  return `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/${scope}, SignedHeaders=${names}, Signature=${signature}`
}

const plainMessage = z.strictObject({
  to: number,
  text: z.string().min(1),
  from: z.string(),
  id: z.guid(),
  report: z.string(),
})

function plain({ url, headers, body }: Asked, mood: Mood): Answered {
  if (headers.authorization !== `Bearer ${credentials.secret}`) return { status: 401, body: '' }
  if (mood === 'refusing') return { status: 400, body: 'no' }
  const { data } = plainMessage.safeParse(JSON.parse(body))
  if (data === undefined || url.searchParams.get('to') !== data.to) return { status: 400, body: '' }
  const { to, text, from, report: statusUrl } = data
  return {
    status: 202,
    body: '{"message": {"id": 42}}',
    received: { provider: 'http', to, text, from, statusUrl },
  }
}
