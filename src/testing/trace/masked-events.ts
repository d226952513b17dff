import { jsonObjectSchema } from '../../base/json.ts'
import { isCallbackType, secretAnswers } from '../../engine/callbacks.ts'
import { textOfMail } from '../../outbox/mail-text.ts'
import { maskedText } from '../../runtime/mask.ts'
import { type JsonCallback, textsOf } from '../../walks/page.ts'
import type { Shown } from '../../walks/shown.ts'
import type { HttpMock } from '../http-mock.ts'
import { nameOf } from '../play/page.ts'
import type { SentMail } from '../world/mailbox.ts'
import type { MadeCall } from '../world/mocked-http.ts'
import type { KnownWords } from './known-words.ts'
import type { TraceCall, TraceEvent, TraceShown } from './trace.ts'
import type { TraceMask } from './trace-mask.ts'
import type { RecordedEvent } from './walk-recorder.ts'

/** An event without secrets. */
export function maskedEvent(
  { kind, step, party, at, about, query = {}, page, shown, run, mails, calls }: RecordedEvent,
  {
    mask,
    words,
    mocks,
    lineOf,
  }: {
    mask: TraceMask
    words: KnownWords
    mocks: readonly HttpMock[]
    lineOf(step: number): number
  },
): TraceEvent {
  return {
    kind,
    ...(step === undefined ? {} : { step, line: lineOf(step) }),
    party,
    at,
    about: mask.text(about),
    sent: [
      ...(page?.callbacks ?? []).flatMap((callback) => answersTo(callback, mask)),
      ...parameters(query, mask),
    ],
    ...(shown === undefined ? {} : { shown: maskedShown(shown, mask) }),
    ...(run === undefined ? {} : { run }),
    mails: mails.map((mail) => maskedMail(mail, mask, words)),
    calls: calls.map((call) =>
      maskedCall(call, mask, call.mock === undefined ? undefined : mocks[call.mock]),
    ),
  }
}

function maskedMail({ from, to, subject, ...content }: SentMail, mask: TraceMask, words: KnownWords) {
  return {
    from: mask.text(from),
    to: to.map((address) => mask.text(address)),
    subject: words.only(mask.sent(subject)),
    text: words.only(mask.sent(textOfMail(content))),
  }
}

function isSecret({ type }: JsonCallback): boolean {
  return isCallbackType(type) && secretAnswers.has(type)
}

/** Inputs besides the answer itself, such as `IDToken1validateOnly`, are named after it. */
function answersTo(callback: JsonCallback, mask: TraceMask): TraceEvent['sent'] {
  const prompt = mask.text(nameOf(callback))
  return (callback.input ?? []).flatMap(({ name, value }) => {
    const suffix = name.replace(/^IDToken\d+/, '')
    if (value === '' || value === null || value === undefined || (suffix !== '' && value === false)) return []
    const text = typeof value === 'string' ? value : JSON.stringify(value)
    const shown = isSecret(callback) ? maskedText : mask.text(text)
    return [{ name: suffix === '' ? prompt : `${prompt}, ${suffix}`, value: shown }]
  })
}

/** A link names a transaction by its id. */
function parameters(query: Readonly<Record<string, string>>, mask: TraceMask): TraceEvent['sent'] {
  const isLink = query.authIndexType === 'transaction'
  const masked = jsonObjectSchema.parse(mask.json({ ...query }))
  return Object.entries(masked).map(([name, value]) => ({
    name,
    value: isLink && name === 'authIndexValue' ? maskedText : mask.text(String(value)),
  }))
}

function maskedShown(shown: Shown, mask: TraceMask): TraceShown {
  switch (shown.kind) {
    case 'failure':
      return { kind: 'failure', message: mask.text(shown.message) }
    case 'success': {
      const { successUrl } = shown
      return { kind: 'success', ...(successUrl === undefined ? {} : { successUrl: mask.text(successUrl) }) }
    }
    case 'page':
      return {
        kind: 'page',
        title: mask.text(shown.page.header ?? ''),
        callbacks: shown.page.callbacks.map((callback) => ({
          type: callback.type,
          texts: readableTexts(callback).map((text) => mask.text(text)),
        })),
      }
  }
}

/** Outputs that a person reads. Others are for the client, and can be secret. */
const readable: ReadonlySet<string> = new Set(['prompt', 'message', 'choices', 'options', 'terms'])

/** Type of messages that are scripts for the client. */
const scriptMessage = '4'

function readableTexts({ type, output = [] }: JsonCallback): string[] {
  const isScript = output.some(({ name, value }) => name === 'messageType' && String(value) === scriptMessage)
  if (isScript) return []
  const shown = output.filter(({ name }) => readable.has(name))
  return textsOf({ authId: '', callbacks: [{ type, output: shown }] }).filter(
    (text) => text !== type && text.trim() !== '',
  )
}

function maskedCall(
  { method, url, body, answer }: MadeCall,
  mask: TraceMask,
  mock: HttpMock | undefined,
): TraceCall {
  const reply = typeof mock?.reply === 'object' ? (mock.reply.json ?? mock.reply.text) : undefined
  return {
    method,
    url: mask.sent(url),
    ...(body === undefined || body === '' ? {} : { body: mask.body(body) }),
    answer,
    ...(reply === undefined
      ? {}
      : { reply: typeof reply === 'string' ? mask.body(reply) : mask.json(reply) }),
  }
}
