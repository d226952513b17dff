import { once } from 'node:events'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { parseArgs } from 'node:util'
import { OperationError } from '../base/errors.ts'
import { tracePage } from '../testing/trace/html/trace-page.ts'
import { readTrace, type Trace } from '../testing/trace/trace.ts'
import { aborted, untilInterrupted } from './interrupted.ts'
import { portOf } from './port.ts'
import type { Terminal } from './target.ts'
import { parsing, UsageError } from './usage-error.ts'

const options = { html: { type: 'string' }, port: { type: 'string', default: '0' } } as const

/** Bytes. Characters take up to four. */
const maxFileSize = 128 * 1024 * 1024

/**
 * `sidegate show-trace FILE`: serves the page of a trace on this machine, or writes it to a file.
 * @param signal ends the server. Default: Ctrl+C, or the end of the process.
 * @throws OperationError for a file that is not a trace.
 */
export async function showTraceCommand(
  args: string[],
  terminal: Terminal,
  signal?: AbortSignal,
): Promise<void> {
  const { values, positionals } = parsing(() => parseArgs({ args, options, allowPositionals: true }))
  const [file, ...others] = positionals
  if (file === undefined || others.length > 0)
    throw new UsageError('Usage: sidegate show-trace FILE [--html FILE]')
  const port = portOf(values.port)
  const page = pageOf(traceIn(file), file)
  if (values.html === undefined)
    return untilInterrupted(signal, (ended) => serve(page, { port, terminal, signal: ended }))
  writeFileSync(values.html, page)
  terminal.print(`Wrote ${values.html}`)
}

function traceIn(file: string): Trace {
  if (!existsSync(file)) {
    throw new OperationError(
      `${file} was not found. \`sidegate test\` writes traces of failed walks to .sidegate/runs/, and of all with --trace.`,
    )
  }
  const { size } = statSync(file)
  if (size > maxFileSize) throw new OperationError(`${file} is too large to be a trace.`)
  return readTrace(readFileSync(file, 'utf8'), file)
}

/** @throws OperationError for an edited trace that is valid, but whose journey has no picture. */
function pageOf(trace: Trace, file: string): string {
  try {
    return tracePage(trace)
  } catch (cause) {
    throw new OperationError(`${file} contains a journey that cannot be drawn. Run its walk again.`, {
      cause,
    })
  }
}

async function serve(
  page: string,
  { port, terminal, signal }: { port: number; terminal: Terminal; signal: AbortSignal },
): Promise<void> {
  const server = createServer((request, response) => answer(request, response, page))
  server.listen(port, '127.0.0.1')
  try {
    await once(server, 'listening', { signal })
    const address = server.address()
    const actual = typeof address === 'object' ? address?.port : port
    terminal.print(`The trace is at http://127.0.0.1:${actual}/\nPress Ctrl+C to end.`)
    await aborted(signal)
  } catch (cause) {
    if (!signal.aborted) throw new OperationError(`Port ${port} cannot be used.`, { cause })
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

/** Other sites must not read the page through a name that leads to this machine. */
function answer({ headers, method, url }: IncomingMessage, response: ServerResponse, page: string): void {
  const isLocal = /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(headers.host ?? '')
  if (!isLocal || url !== '/' || (method !== 'GET' && method !== 'HEAD')) {
    response.writeHead(isLocal ? 404 : 403).end()
    return
  }
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "frame-ancestors 'none'",
    'cross-origin-resource-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  })
  response.end(method === 'HEAD' ? undefined : page)
}
