import { type ServerResponse, validateHeaderValue } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyReply } from 'fastify'
import { systemNow } from '../../../base/clock.ts'

/** The part of Node's HTTP parser that releases a connection. Not documented, so it is checked before use. */
type Parser = { incoming: unknown; unconsume(): void; remove(): void; close(): void }

/**
 * Starts a response of server-sent events that ends with its connection. Must not be called in the turn in which the request
 * arrived, because the parser may then be in the middle of further requests.
 * @returns the connection, to write events to; undefined if it is closed already, or if the client wants only the headers.
 */
export function openEventStream(reply: FastifyReply): Socket | undefined {
  const { raw } = reply
  const headers = headersOf(reply)
  reply.hijack()
  if (reply.request.method === 'HEAD') {
    raw.writeHead(200, headers).end()
    return undefined
  }
  const { socket } = raw
  if (socket === null || socket.destroyed) return undefined
  release(raw, socket)
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  // Sends the first event together with the headers, if it is ready in this turn.
  socket.cork()
  setImmediate(() => socket.uncork())
  socket.write(`HTTP/1.1 200 OK\r\n${lines.join('')}\r\n`)
  return socket
}

/** @throws TypeError for a value with a line break. */
function headersOf(reply: FastifyReply): Record<string, string> {
  const headers = {
    ...reply.getHeaders(),
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
    date: new Date(systemNow()).toUTCString(),
    connection: 'close',
  }
  const texts = Object.entries(headers).map(([name, value]) => [name, String(value)] as const)
  for (const [name, text] of texts) validateHeaderValue(name, text)
  return Object.fromEntries(texts)
}

/**
 * Releases a connection from Node's HTTP server, as Node itself does for an upgrade: its parser, request and response take
 * three times the memory of the connection, and no further request can arrive on it. If this version of Node has another
 * parser, they stay, and Node delays the responses to further requests until the connection is closed.
 */
function release(response: ServerResponse, socket: Socket): void {
  const parser = parserOf(socket)
  if (parser === undefined) return
  // The client did not wait for this response, and the response to its next request would be mixed into the stream.
  // rule H16: otherwise the response to a further request gets into the feed
  if (parser.incoming !== response.req) {
    socket.destroy()
    return
  }
  parser.unconsume()
  parser.remove()
  parser.incoming = null
  Object.assign(socket, { parser: null })
  // The parser may be the caller of this function.
  setImmediate(() => parser.close())
  // Ends the request for Node and Fastify, which log it and release its objects.
  response.emit('finish')
  socket.setTimeout(0)
  replaceListeners(socket)
  // Drops further data, and notices when the client disconnects.
  socket.resume()
}

/** Removes the listeners of the HTTP server, which hold its parser. */
function replaceListeners(socket: Socket): void {
  const ours = socket.rawListeners('close').filter(({ name }) => name !== 'bound socketOnClose')
  socket.removeAllListeners()
  // Typed as any function, but they were added as listeners of `close`.
  for (const listener of ours) socket.on('close', listener as () => void)
  socket.on('error', ignore)
  socket.on('end', endSocket)
}

/** `close` follows. */
function ignore(): void {}

function endSocket(this: Socket): void {
  this.end()
}

function parserOf(socket: Socket): Parser | undefined {
  const parser: unknown = Reflect.get(socket, 'parser')
  return isParser(parser) ? parser : undefined
}

function isParser(parser: unknown): parser is Parser {
  if (typeof parser !== 'object' || parser === null || !('incoming' in parser)) return false
  return ['unconsume', 'remove', 'close'].every((name) => typeof Reflect.get(parser, name) === 'function')
}
