import { describe, expect, test } from 'vitest'
import type { Json } from '../base/json.ts'
import { emailTemplateSchema } from './email-template.ts'
import type { Mail } from './mail.ts'
import { answerMailCall } from './script-host.ts'

const templates = {
  link: emailTemplateSchema.parse({
    from: 'desk@example.com',
    subject: { en: 'Hello {{object.name}}', fr: 'Bonjour {{object.name}}' },
    message: { en: '<p>{{object.link}}</p>', fr: '<p>{{object.link}}</p>' },
  }),
  off: emailTemplateSchema.parse({ enabled: false }),
}

async function ask(...args: Json[]) {
  const mails: Mail[] = []
  const answer = await answerMailCall(
    { op: 'openidm.action', args },
    {
      locales: ['en'],
      templateNamed: async (name) => new Map(Object.entries(templates)).get(name),
      send: (mail) => void mails.push(mail),
    },
  )
  return { answer, mails }
}

const email = 'external/email'
const sent = { status: 'OK', message: 'Email sent' }

test('leaves other resources and calls to other hosts', async () => {
  expect(await ask('managed/alpha_user', 'sendTemplate', {})).toEqual({ answer: undefined, mails: [] })
  const read = { op: 'openidm.read', args: [email] }
  const mailer = { locales: [], templateNamed: async () => undefined, send: () => undefined }
  expect(await answerMailCall(read, mailer)).toBeUndefined()
})

describe('a template', () => {
  const object = { name: 'Alex', link: 'https://desk.example.com/?a=1&b=2' }

  test('fills in and sends it', async () => {
    const given = { templateName: 'link', to: 'alex@example.com', object }
    expect(await ask(email, 'sendTemplate', given, null, null)).toEqual({
      answer: sent,
      mails: [
        {
          from: 'desk@example.com',
          to: ['alex@example.com'],
          cc: [],
          bcc: [],
          subject: 'Hello Alex',
          body: '<p>https://desk.example.com/?a=1&amp;b=2</p>',
          isHtml: true,
        },
      ],
    })
  })

  test("uses the script's language, sender and recipients", async () => {
    const given = {
      templateName: 'link',
      to: 'a@example.com, b@example.com',
      cc: ['c@example.com'],
      bcc: 'd@example.com',
      from: 'Desk <other@example.com>',
      _locale: 'fr',
      object,
    }
    expect((await ask(email, 'sendTemplate', given)).mails).toMatchObject([
      {
        subject: 'Bonjour Alex',
        from: 'Desk <other@example.com>',
        to: ['a@example.com', 'b@example.com'],
        cc: ['c@example.com'],
        bcc: ['d@example.com'],
      },
    ])
  })

  test.each(['off', 'none', 'toString'])(
    "throws an exception that scripts can catch for '%s'",
    async (templateName) => {
      await expect(ask(email, 'sendTemplate', { templateName, to: 'a@example.com' })).rejects.toMatchObject({
        name: 'HostCallError',
        code: 404,
        message: `Email template '${templateName}' does not exist or is not enabled`,
      })
    },
  )
})

describe('an email with its own text', () => {
  test.each(['send', 'sendEmail'])('is sent by %s, as plain text unless it sets HTML', async (action) => {
    const given = { to: 'a@example.com', subject: 'One\r\nBcc: x@example.com', body: 'Text' }
    expect((await ask(email, action, given)).mails).toMatchObject([
      { subject: 'One Bcc: x@example.com', body: 'Text', isHtml: false, from: '' },
    ])
    expect((await ask(email, action, null, { ...given, type: 'text/html' })).mails).toMatchObject([
      { isHtml: true },
    ])
  })
})

test.each([
  [{}, 'to: Invalid input'],
  [{ to: '' }, 'to: must be a mail address'],
  [{ to: 'nobody' }, 'to: must be mail addresses'],
  [{ to: 'a@example.com', cc: 'x@y\r\nz' }, 'cc: must be mail addresses'],
  [{ to: Array.from({ length: 51 }, (_, i) => `p${i}@example.com`) }, 'to: must not be more than 50'],
  [{ to: 'a@example.com', type: 'text/rtf' }, 'type: must be text/plain or text/html'],
  [{ to: 'a@example.com', body: 'x'.repeat(1_000_001) }, 'body: '],
])('what cannot be sent is named, not shown: %#', async (given, message) => {
  await expect(ask(email, 'send', given)).rejects.toMatchObject({
    code: 400,
    message: expect.stringContaining(`The mail cannot be sent: ${message}`),
  })
})

test('refuses other actions', async () => {
  await expect(ask(email, 'forward', {})).rejects.toMatchObject({ code: 501 })
})
