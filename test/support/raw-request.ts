import { connect } from 'node:net'

export type RawAnswer = { status: number; head: string; body: string }

/**
 * Sends bytes that no HTTP client would send, and reads the answer until the server closes the connection.
 */
export async function rawRequest(url: string, request: string): Promise<RawAnswer> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  socket.setEncoding('utf8')
  // Not `end`, because Node drops requests of clients that closed their side.
  socket.write(request)
  let text = ''
  try {
    for await (const chunk of socket) text += chunk
  } catch (error) {
    // The server may close while we write. Its answer before that counts.
    if (text === '') throw error
  }
  const [head = '', ...rest] = text.split('\r\n\r\n')
  return { status: Number(head.split(' ')[1]), head, body: rest.join('\r\n\r\n') }
}

/** Requests this path verbatim, neither escaped nor resolved. */
export function rawPost(url: string, path: string, headers: readonly string[] = []): Promise<RawAnswer> {
  const { host } = new URL(url)
  const lines = [
    `POST ${path} HTTP/1.1`,
    `Host: ${host}`,
    'Content-Length: 0',
    'Connection: close',
    ...headers,
  ]
  return rawRequest(url, `${lines.join('\r\n')}\r\n\r\n`)
}
