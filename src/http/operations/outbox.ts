import { changeOutbox, listOutbox } from '../../../contract/server-page.ts'
import { notFound, RequestError } from '../../errors.ts'
import type { CallOutbox } from '../../outbox/call-outbox.ts'
import type { CallStore } from '../../outbox/call-store.ts'
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

/** What both actions return: false if an attempt is under way, or the entry is gone. */
type Change = (id: string) => Promise<boolean>

/** Emails, messages and calls of all realms that wait or were given up, without their content. Not in AM. */
export function outboxRoutes(from: OutboxDependencies): Route[] {
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
      resource: { kind: 'outboxEntry' },
      summary: 'Sends an entry now that waits for its next attempt (`tryNow`), or discards it (`discard`).',
      handle: byAction({
        tryNow: (call) => change(call, triesOf(from), 'The entry doesn’t wait for another attempt'),
        discard: (call) => change(call, discardsOf(from), 'An attempt is under way, or the entry is gone'),
      }),
    },
  ]
}

function triesOf({ mails, messages, calls, mailOutbox, messageOutbox, callOutbox, now }: OutboxDependencies) {
  const woken = (isDue: boolean, outbox: { wake(): void }) => {
    if (isDue) outbox.wake()
    return isDue
  }
  return {
    mail: async (id) => woken(await mails.tryNow(id, now()), mailOutbox),
    message: async (id) => woken(await messages.tryNow(id, now()), messageOutbox),
    call: async (id) => woken(await calls.tryNow(id, now()), callOutbox),
  } satisfies Record<string, Change>
}

function discardsOf({ mailOutbox, messageOutbox, calls }: OutboxDependencies) {
  return {
    mail: (id) => mailOutbox.discard(id),
    message: (id) => messageOutbox.discard(id),
    call: async (id) => (await calls.discard(id)) !== undefined,
  } satisfies Record<string, Change>
}

/** @throws RequestError 404 for an unknown kind, 409 if the entry can't be changed now. */
async function change(call: Call, changes: Readonly<Record<string, Change>>, refusal: string) {
  const kind = param(call, 'kind')
  const id = param(call, 'id')
  const changed = Object.hasOwn(changes, kind) ? changes[kind] : undefined
  if (changed === undefined) throw notFound()
  if (!(await changed(id))) throw new RequestError(409, refusal)
  return { body: { _id: id } }
}
