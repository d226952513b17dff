import { changeOutbox, listOutbox } from '../../../contract/server-page.ts'
import { defined } from '../../base/defined.ts'
import { notFound, RequestError } from '../../base/errors.ts'
import type { CallOutbox } from '../../outbox/call-outbox.ts'
import type { CallStore } from '../../outbox/call-store.ts'
import type { QueuedMail } from '../../outbox/mail.ts'
import type { MailOutbox } from '../../outbox/mail-outbox.ts'
import type { MailStore } from '../../outbox/mail-store.ts'
import type { MessageOutbox } from '../../outbox/message-outbox.ts'
import type { MessageStore } from '../../outbox/message-store.ts'
import { outboxEntries } from '../../outbox/outbox-entries.ts'
import { byAction, type Call, param, type Route } from '../route.ts'

type OutboxDependencies = {
  mails: Pick<MailStore, 'list' | 'tryNow'>
  messages: Pick<MessageStore, 'list' | 'tryNow'>
  calls: Pick<CallStore, 'list' | 'tryNow' | 'discard'>
  mailOutbox: Pick<MailOutbox, 'discard' | 'wake'>
  messageOutbox: Pick<MessageOutbox, 'discard' | 'wake'>
  callOutbox: Pick<CallOutbox, 'wake'>
  now(): number
}

/** An entry that was changed; undefined if an attempt is under way, or the entry is gone. */
type Changed = Pick<QueuedMail, 'id'> & Partial<Pick<QueuedMail, 'realm' | 'about'>>

type Change = (id: string) => Promise<Changed | undefined>

/** Emails, messages and calls of all realms that wait or were given up, without their content. Not in AM. */
export function outboxRoutes(from: OutboxDependencies): Route[] {
  // rule R13: otherwise everyone reads the outbox of all realms
  const access = 'administrator'
  return [
    {
      ...listOutbox,
      access,
      summary:
        'Lists emails, messages and calls of all realms that wait or were given up, without their content.',
      handle: async () => ({ body: await outboxEntries(from) }),
    },
    {
      ...changeOutbox,
      access,
      resource: {
        kind: 'outboxEntry',
        // Administrators of that realm see that an email of theirs was not sent.
        realmIn: ({ realm }) => (typeof realm === 'string' ? realm : undefined),
        nameOf: (call, { about }) => [param(call, 'kind'), about].filter(Boolean).join(' '),
      },
      // rule R13: otherwise a session that was left open discards what waits
      dangerous: { when: 'for `discard`', is: ({ query }) => query.get('_action') === 'discard' },
      summary: 'Sends an entry now that waits for its next attempt (`tryNow`), or discards it (`discard`).',
      handle: byAction({
        tryNow: (call) => change(call, triesOf(from), 'The entry doesn’t wait for another attempt'),
        discard: (call) => change(call, discardsOf(from), 'An attempt is under way, or the entry is gone'),
      }),
    },
  ]
}

function triesOf({ mails, messages, calls, mailOutbox, messageOutbox, callOutbox, now }: OutboxDependencies) {
  const woken = (id: string, isDue: boolean, outbox: { wake(): void }) => {
    if (!isDue) return undefined
    outbox.wake()
    return { id }
  }
  return {
    mail: async (id) => woken(id, await mails.tryNow(id, now()), mailOutbox),
    message: async (id) => woken(id, await messages.tryNow(id, now()), messageOutbox),
    call: async (id) => woken(id, await calls.tryNow(id, now()), callOutbox),
  } satisfies Record<string, Change>
}

function discardsOf({ mailOutbox, messageOutbox, calls }: OutboxDependencies) {
  return {
    mail: (id) => mailOutbox.discard(id),
    message: (id) => messageOutbox.discard(id),
    call: (id) => calls.discard(id),
  } satisfies Record<string, Change>
}

/** @throws RequestError 404 for an unknown kind, 409 if the entry can't be changed now. */
async function change(call: Call, changes: Readonly<Record<string, Change>>, refusal: string) {
  const kind = param(call, 'kind')
  const change = Object.hasOwn(changes, kind) ? changes[kind] : undefined
  if (change === undefined) throw notFound()
  const changed = await change(param(call, 'id'))
  if (changed === undefined) throw new RequestError(409, refusal)
  const { id: _id, realm, about } = changed
  return { body: { _id, ...defined({ realm, about }) } }
}
