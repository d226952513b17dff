import type { TelephoneChannel } from '../realms/messaging-settings.ts'
import type { GatewayResult } from './gateways/gateway.ts'
import type { MessageOutbox } from './message-outbox.ts'

/** What a gateway made of a test message. */
export type MessageVerdict =
  | 'accepted'
  | 'notSet'
  | 'refused'
  | 'unreachable'
  | 'trouble'
  | 'unsure'
  | 'settings'

/** `code` is the status or code of the gateway's answer, which never contains anything that it wrote freely. */
export type MessageTest = { verdict: MessageVerdict; code: string | null; message: string }

const meanings: Readonly<Record<MessageVerdict, string>> = {
  accepted: 'The gateway accepted the message. It should arrive within a minute.',
  notSet: 'No gateway is set for this channel. Choose one and save.',
  refused: 'The gateway refused the message. Check its account, secret and sender.',
  unreachable:
    'The gateway could not be reached. Check its address. A host with a private address must be listed in SIDEGATE_HTTP_ALLOW.',
  trouble: 'The gateway has a problem. Try again later.',
  unsure: 'The gateway did not answer clearly, so the message may still arrive.',
  settings: 'The settings of the gateway can’t be used. Enter its secret again.',
}

const text = 'An administrator of Sidegate sent this message to test the gateway. There is nothing to do.'

/** Sends a fixed text to a number through the saved gateway of a realm, at once. */
export async function sendTestMessage(
  outbox: Pick<MessageOutbox, 'passNow'>,
  realm: string,
  channel: TelephoneChannel,
  to: string,
): Promise<MessageTest> {
  const result = await outbox.passNow(realm, channel, { to, text, locale: 'en' })
  const verdict = verdictOn(result)
  const code = result.kind === 'accepted' || verdict === 'notSet' ? null : result.code
  return { verdict, code, message: meanings[verdict] }
}

/** Codes of our own refusals. */
const ours: Readonly<Record<string, MessageVerdict>> = {
  'no gateway': 'notSet',
  refused: 'unreachable',
  'no connection': 'unreachable',
  'no answer': 'unsure',
  'unreadable answer': 'unsure',
  'unusable settings': 'settings',
  'unreadable message or gateway': 'settings',
}

/** What else a gateway answers. It may accept the same message later, if it has a problem of its own now. */
const otherVerdicts = { unsure: 'unsure', retry: 'trouble', rejected: 'refused' } as const

function verdictOn(result: GatewayResult): MessageVerdict {
  if (result.kind === 'accepted') return 'accepted'
  const known = Object.hasOwn(ours, result.code) ? ours[result.code] : undefined
  return known ?? otherVerdicts[result.kind]
}
