import type { AnswerOf, ItemOf } from '../../contract/endpoint.ts'
import {
  changeOutbox,
  listOutbox,
  readServer as readEndpoint,
  testEmailTemplate,
  testMessaging,
  testServer,
} from '../../contract/server-page.ts'
import { callAction, callEndpoint } from './endpoint.ts'

export type ServerPage = AnswerOf<typeof readEndpoint>
export type ServerSetting = ServerPage['settings'][number]
export type Advice = ServerPage['advice'][number]
export type ServerHealth = ServerPage['health']
export type OutboxEntry = ItemOf<typeof listOutbox>
export type MailTest = AnswerOf<(typeof testServer)['actions']['testMail']>
export type MessageTest = AnswerOf<(typeof testMessaging)['actions']['test']>

export function readServer(signal?: AbortSignal): Promise<ServerPage> {
  return callEndpoint(readEndpoint, { signal })
}

/** @throws ApiError 400 for an invalid address, 429 after too many tests. */
export function sendTestMail(to: string): Promise<MailTest> {
  return callAction(testServer, 'testMail', { body: { to } })
}

/** Sends a saved template to the own address. @throws ApiError 400 without one, 429 after too many tests. */
export function sendTestOfTemplate(realm: string, name: string, locale: string): Promise<MailTest> {
  return callAction(testEmailTemplate, 'test', { realm, name, body: { locale } })
}

/** Newest first. */
export function readOutbox(signal?: AbortSignal): Promise<AnswerOf<typeof listOutbox>> {
  return callEndpoint(listOutbox, { signal })
}

/** @throws ApiError 409 if an attempt is under way, or the entry is gone. */
export async function changeEntry(
  { kind, _id: id }: OutboxEntry,
  action: 'tryNow' | 'discard',
): Promise<void> {
  await callAction(changeOutbox, action, { kind, id })
}

/** Through the saved gateway. @throws ApiError 400 for an invalid number, 429 after too many tests. */
export function sendTestMessage(realm: string, channel: 'sms' | 'voice', to: string): Promise<MessageTest> {
  return callAction(testMessaging, 'test', { realm, body: { channel, to } })
}
