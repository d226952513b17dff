import { expect, test } from 'vitest'
import { callOf, logoutWebhookNamed, logoutWebhookSchema } from './logout-webhook.ts'

/** A placeholder for a value, as webhooks write it. */
const at = (name: string) => `\${${name}}`

const properties = { UserId: 'kim-id', note: 'a "quoted" & b\r\nX: y', name: 'Zoë 確' }

test('fills session properties and the reason into URL, headers and body', () => {
  const webhook = logoutWebhookSchema.parse({
    url: `https://hooks.example.com/${at('UserId')}?event=${at('WebhookEventType')}`,
    headers: { 'Content-Type': 'application/json', 'X-User': `${at('UserId')}` },
    body: `{"user":"${at('UserId')}","nobody":"${at('Missing')}"}`,
  })
  expect(callOf(webhook, properties, 'LOGOUT')).toEqual({
    url: 'https://hooks.example.com/kim-id?event=LOGOUT',
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-User': 'kim-id' },
    body: '{"user":"kim-id","nobody":""}',
  })
})

test.each([
  ['application/json; charset=utf-8', `{"n":"${at('note')}"}`, '{"n":"a \\"quoted\\" & b\\r\\nX: y"}'],
  ['application/x-www-form-urlencoded', `n=${at('note')}`, 'n=a%20%22quoted%22%20%26%20b%0D%0AX%3A%20y'],
  ['text/plain', `${at('note')}`, properties.note],
])('in a body of %s a value stays a value', (type, body, expected) => {
  const webhook = logoutWebhookSchema.parse({
    url: 'https://h.example.com',
    headers: { 'content-type': type },
    body,
  })
  expect(callOf(webhook, properties, 'DESTROY')?.body).toBe(expected)
})

test('prevents values from adding headers or URL parts', () => {
  const webhook = logoutWebhookSchema.parse({
    url: `https://h.example.com/${at('note')}`,
    headers: { 'X-Note': `${at('note')}`, 'X-Name': `${at('name')}` },
  })
  const call = callOf(webhook, { ...properties, note: '../?a=1#b\r\nX: y' }, 'LOGOUT')
  expect(call?.url).toBe('https://h.example.com/..%2F%3Fa%3D1%23b%0D%0AX%3A%20y')
  expect(call?.headers).toEqual({ 'X-Note': '../?a=1#b  X: y', 'X-Name': 'Zoë ?' })
})

test.each(['', 'test', 'ftp://h.example.com', 'file:///etc/passwd', `${at('UserId')}://h`])(
  '%s is no address to call',
  (url) => {
    expect(callOf(logoutWebhookSchema.parse({ url }), properties, 'LOGOUT')).toBeUndefined()
  },
)

test('accepts a webhook without URL, headers and body', () => {
  expect(logoutWebhookSchema.parse({})).toEqual({ url: '', headers: { accept: '*/*' }, body: '' })
})

test.each([{ 'bad name': 'x' }, { 'x\r\ny': 'z' }, { name: 'a\r\nb' }])(
  'the header %o is refused',
  (headers) => {
    expect(logoutWebhookSchema.safeParse({ headers }).success).toBe(false)
  },
)

test('treats an invalid webhook as missing', async () => {
  const holding = (document: object | undefined) => ({
    read: async () => document && { kind: 'webhook', id: 'Bye', document: { ...document } },
  })
  expect(await logoutWebhookNamed(holding({ url: 'https://x' }), '/alpha', 'Bye')).toMatchObject({
    url: 'https://x',
  })
  expect(await logoutWebhookNamed(holding({ headers: 7 }), '/alpha', 'Bye')).toBeUndefined()
  expect(await logoutWebhookNamed(holding(undefined), '/alpha', 'Bye')).toBeUndefined()
})
