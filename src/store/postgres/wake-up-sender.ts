import { type WakeUp, wakeUpsPerMessage, writeMessage } from './wake-up-message.ts'

/** Beyond this many waiting wake-ups, the oldest are dropped. */
const maxWaiting = 10_000

/**
 * Sends wake-ups to the other servers. Those that arrive while a message is being sent share the next one.
 * @param notify sends a message. It must run outside the database transactions that the wake-ups are about, because
 * PostgreSQL commits transactions that notify one after the other.
 */
export function wakeUpSender(from: string, notify: (message: string) => Promise<unknown>) {
  const waiting = new Map<string, WakeUp>()
  let isSending = false

  async function send(): Promise<void> {
    isSending = true
    while (waiting.size > 0) {
      const next = [...waiting].slice(0, wakeUpsPerMessage)
      for (const [key] of next) waiting.delete(key)
      const message = writeMessage(
        from,
        next.map(([, wakeUp]) => wakeUp),
      )
      // A failed message counts as lost.
      await notify(message).catch(() => undefined)
    }
    isSending = false
  }

  return (...wakeUp: WakeUp): void => {
    const [oldest] = waiting.keys()
    if (waiting.size >= maxWaiting && oldest !== undefined) waiting.delete(oldest)
    waiting.set(wakeUp.join(' '), wakeUp)
    if (!isSending) void send()
  }
}
