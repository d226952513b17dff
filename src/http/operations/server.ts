import type { AnswerOf } from '../../../contract/endpoint.ts'
import { readServer, testServer } from '../../../contract/server-page.ts'
import type { Timers } from '../../base/clock.ts'
import { tooManyRequests } from '../../base/errors.ts'
import type { Limits } from '../../limits/limits.ts'
import type { MailOutbox } from '../../outbox/mail-outbox.ts'
import { sendTestMail } from '../../outbox/test-mail.ts'
import { parseBody } from '../body.ts'
import { type Answer, byAction, type Call, type Route } from '../route.ts'

type ServerDependencies = {
  /** Settings in force, advice, versions and fill. Never a secret. */
  overview(): Promise<AnswerOf<typeof readServer>>
  mailOutbox: Pick<MailOutbox, 'hasServer' | 'pass'>
  limits: Pick<Limits, 'take'>
  timers: Timers
}

/** Low, because each one goes to an address that an administrator types. */
// rule R13: otherwise an administrator sends any number of test emails
const testMails = { key: '/ test emails', max: 10, windowMs: 60 * 60_000 }

/** The server as its administrators see it. Not in AM. */
export function serverRoutes(from: ServerDependencies): Route[] {
  const access = 'administrator'
  return [
    {
      ...readServer,
      access,
      summary: 'Describes the server: settings in force without secrets, what is missing, versions and fill.',
      handle: async () => ({ body: await from.overview() }),
    },
    {
      ...testServer,
      access,
      resource: { kind: 'testMessage' },
      summary: 'Sends a test email and answers what the mail server said (`testMail`).',
      handle: byAction({ testMail: (call) => testMail(from, call) }),
    },
  ]
}

async function testMail({ limits, mailOutbox, timers }: ServerDependencies, call: Call): Promise<Answer> {
  const { to } = parseBody(testServer.actions.testMail.body(), call)
  const taken = await limits.take(testMails)
  if (taken.kind === 'full') {
    throw tooManyRequests({
      problem: 'tooManyTests',
      message: `At most ${testMails.max} test emails can be sent in an hour`,
      waitMs: taken.waitMs,
    })
  }
  return { body: await sendTestMail(mailOutbox, to, timers) }
}
