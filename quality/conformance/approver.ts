import { once } from 'node:events'
import { createServer } from 'node:http'
import { backchannel } from '../../test/support/backchannel-client.ts'
import { callerOpens } from '../../test/support/help-desk-play.ts'
import type { startMailServer } from '../../test/support/mail-server.ts'
import { answerStep } from '../../test/support/wire.ts'

type Mail = Awaited<ReturnType<typeof startMailServer>>

const passwords: Readonly<Record<string, string>> = { alex: 'Alex-Pass-2026', lena: 'Lena-Pass-2026' }

/** Answers CIBA requests when the suite says so: takes the link from the newest email, and signs in or says "not me". */
export async function startApprover(server: string, mail: Mail) {
  let read = 0
  const answer = async (action: string | null): Promise<void> => {
    const { body, to } = await mail.arrived(Math.max(read + 1, mail.mails.length))
    read = mail.mails.length
    const transaction = /authIndexValue=([\w-]+)/.exec(body)?.[1] ?? ''
    if (action === 'deny') {
      await backchannel(server, 'reject', { transaction })
      return
    }
    const [name = ''] = String(to[0]).split('@')
    let page = await callerOpens(server, transaction)
    for (let steps = 0; steps < 6 && page.body.callbacks !== undefined; steps++) {
      const asks = page.body.callbacks.some(({ type }) => type === 'PasswordCallback')
      page = await answerStep(server, page, asks ? [passwords[name]] : [])
    }
  }
  const listener = createServer((request, response) => {
    const action = new URL(request.url ?? '', 'http://localhost').searchParams.get('action')
    answer(action).then(
      () => response.writeHead(200).end(),
      (error: unknown) => response.writeHead(500).end(String(error)),
    )
  })
  await once(listener.listen(0, '127.0.0.1'), 'listening')
  const address = listener.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return { url: `http://127.0.0.1:${address.port}/`, stop: () => listener.close() }
}
