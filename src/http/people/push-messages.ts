import { z } from 'zod'
import { answerPush } from '../../../contract/push.ts'
import type { AuditBook } from '../../audit/audit-book.ts'
import { badRequest } from '../../base/errors.ts'
import type { Push, PushKind } from '../../people/devices/push/push.ts'
import type { PushAnswers, PushRefusal } from '../../people/devices/push/push-answers.ts'
import type { Identity } from '../../people/identity.ts'
import { commonOf } from '../audit/call-audit.ts'
import { parseBody } from '../body.ts'
import { byAction, type Call, type Route } from '../route.ts'

type PushDependencies = {
  pushAnswers: Pick<PushAnswers, 'take'>
  auditBook: Pick<AuditBook, 'waiting' | 'wake'>
  readIdentity(realm: string, id: string): Promise<Identity | undefined>
}

const bodySchema = z.object({ messageId: z.string().max(200), jwt: z.string().max(20_000) })

/** Answers of authenticator apps. Source: the wire of the vendor's Authenticator SDKs. */
export function pushMessageRoutes(from: PushDependencies): Route[] {
  const handle = (kind: PushKind) => (call: Call) => take(from, call, kind)
  return [
    {
      ...answerPush,
      // The key of the device decides. An unknown id costs one read and writes nothing.
      access: 'everyone',
      side: 'callers',
      bodyLimitBytes: 32_768,
      summary:
        'Takes the answer of an authenticator app to a push notification (`authenticate`) or registers the app (`register`).',
      handle: byAction({ authenticate: handle('authenticate'), register: handle('register') }),
    },
  ]
}

const eventNames = {
  denied: 'SIDEGATE-PUSH-DENIED',
  wrongNumber: 'SIDEGATE-PUSH-WRONG-NUMBER',
} as const

/** All answers that don't count get the same error, so that nobody learns which ids exist. */
async function take({ pushAnswers, auditBook, readIdentity }: PushDependencies, call: Call, kind: PushKind) {
  const realm = call.realm.path
  const entryOf = async ({ personId }: Push, refusal: PushRefusal) => {
    const person = await readIdentity(realm, personId)
    return auditBook.waiting({
      ...commonOf(call),
      realm,
      eventName: eventNames[refusal],
      result: 'SUCCESSFUL',
      ...(person === undefined ? {} : { whom: { id: person.id, name: person.userName, realm } }),
    })
  }
  const taken = await pushAnswers.take(realm, kind, parseBody(bodySchema, call), entryOf)
  if (taken === undefined)
    throw badRequest('The message can’t be answered: it is unknown, answered or expired')
  if (taken.auditEntries > 0) auditBook.wake(taken.auditEntries)
  return { body: {} }
}
