import type { AnswerOf } from '../../../contract/endpoint.ts'
import { readServer, testServer } from '../../../contract/server-page.ts'
import { tooManyRequests } from '../../base/errors.ts'
import type { Limit } from '../../limits/limit.ts'
import type { Limits } from '../../limits/limits.ts'
import { plainTestMail, sendTestMail, type TestMailNeeds } from '../../outbox/test-mail.ts'
import { parseBody } from '../body.ts'
import { type Answer, byAction, type Call, type Route } from '../route.ts'

type ServerDependencies = TestMailNeeds & {
  /** Settings in force, advice, versions and fill. Never a secret. */
  overview(): Promise<AnswerOf<typeof readServer>>
  limits: Pick<Limits, 'take'>
}

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

async function testMail(from: ServerDependencies, call: Call): Promise<Answer> {
  const { to } = parseBody(testServer.actions.testMail.body(), call)
  await takeTestMail(from.limits, '/')
  return { body: await sendTestMail(from, '/', plainTestMail(to)) }
}

/** Low, because each one can go to an address that an administrator types. @throws RequestError 429. */
export async function takeTestMail(limits: Pick<Limits, 'take'>, realm: string): Promise<void> {
  // rule R13: otherwise an administrator sends any number of test emails
  const testMails: Limit = { key: `${realm} test emails`, max: 10, windowMs: 60 * 60_000 }
  const taken = await limits.take(testMails)
  if (taken.kind === 'taken') return
  throw tooManyRequests({
    problem: 'tooManyTests',
    message: `At most ${testMails.max} test emails can be sent in an hour`,
    waitMs: taken.waitMs,
  })
}
