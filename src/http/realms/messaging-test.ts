import { testMessaging } from '../../../contract/server-page.ts'
import { badRequest, tooManyRequests } from '../../base/errors.ts'
import type { Limit } from '../../limits/limit.ts'
import type { Limits } from '../../limits/limits.ts'
import { messagesOfRealm } from '../../outbox/message-limits.ts'
import type { MessageOutbox } from '../../outbox/message-outbox.ts'
import { sendTestMessage } from '../../outbox/test-message.ts'
import { internationalNumber } from '../../people/telephone-number.ts'
import { parseBody } from '../body.ts'
import { type Answer, always, byAction, type Call, type Route } from '../route.ts'

type MessagingTestDependencies = {
  messageOutbox: Pick<MessageOutbox, 'passNow'>
  limits: Pick<Limits, 'take'>
}

/** Tests of a realm's saved gateways. Not in AM. */
export function messagingTestRoutes(from: MessagingTestDependencies): Route[] {
  return [
    {
      ...testMessaging,
      access: 'realm',
      resource: { kind: 'testMessage' },
      // Costs money, and goes to a number that nobody has checked.
      // rule R14: otherwise a session that was left open sends test messages
      dangerous: always,
      summary: 'Sends a fixed text to a number through the saved gateway and answers what it said (`test`).',
      handle: byAction({ test: (call) => test(from, call) }),
    },
  ]
}

async function test({ limits, messageOutbox }: MessagingTestDependencies, call: Call): Promise<Answer> {
  const { path, settings } = call.realm
  const { defaultCountry, countries, maxMessagesPerRealm } = settings.messaging
  const { channel, to } = parseBody(testMessaging.actions.test.body(), call)
  const number = await internationalNumber(
    to,
    defaultCountry,
    // rule R14: otherwise test messages go to numbers of all countries
    countries,
  )
  if (number === undefined) {
    throw badRequest(
      'to: must be a telephone number in international form, such as +4930123456, of a country that the realm allows',
    )
  }
  // rule R14: otherwise an administrator sends any number of test messages
  await take(limits, testMessages(path))
  // rule R14: otherwise test messages go on when the messages of the realm are used up
  await take(limits, messagesOfRealm(path, maxMessagesPerRealm))
  return { body: await sendTestMessage(messageOutbox, path, channel, number) }
}

/** So low that a stolen session can't earn money with calls to premium numbers. */
function testMessages(realm: string): Limit {
  return { key: `${realm} test messages`, max: 5, windowMs: 60 * 60_000 }
}

/** @throws RequestError 429. */
async function take(limits: Pick<Limits, 'take'>, limit: Limit): Promise<void> {
  const taken = await limits.take(limit)
  if (taken.kind === 'taken') return
  throw tooManyRequests({
    problem: 'tooManyTests',
    message: 'Too many messages were sent in an hour',
    waitMs: taken.waitMs,
  })
}
