import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { JsonObject } from '../../src/base/json.ts'
import type { WebPort } from '../../src/nodes/ports/outside-ports.ts'
import { createHttpClient } from '../../src/sandbox/hosts/http-client.ts'
import { secretLabels } from '../../src/secrets/secret-labels.ts'

type ReceivedRequest = { url: string; headers: IncomingHttpHeaders; body: string }

/** A local CAPTCHA service with a fixed answer, and web ports that can and can't reach it. */
export async function startCaptchaService(environment: Record<string, string> = {}) {
  const asked: ReceivedRequest[] = []
  const answer: { status: number; body: JsonObject | string } = { status: 200, body: {} }
  const server = createServer(async (request, response) => {
    const { url = '', headers } = request
    const chunks = await request.toArray()
    asked.push({ url, headers, body: Buffer.concat(chunks).toString() })
    response.statusCode = answer.status
    response.setHeader('content-type', 'application/json')
    response.end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  // The address of a TCP server is never a string.
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const secret = secretLabels(environment)
  const web: WebPort = { send: createHttpClient({ allowedHosts: [host] }), secret }
  const fencedWeb: WebPort = { send: createHttpClient(), secret }
  return {
    url: `http://${host}`,
    asked,
    answer,
    web,
    /** Reaches only public addresses. */
    fencedWeb,
    async stop() {
      server.close()
      await once(server, 'close')
    },
  }
}
