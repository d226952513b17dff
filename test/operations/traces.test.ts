import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { digest } from '../../src/secrets/digest.ts'
import { signInAsAdministrator } from '../support/backchannel-client.ts'
import {
  agentSignsIn,
  agentWaits,
  agentWatches,
  caller,
  callerEnters,
  callerOpens,
  deskOpens,
  patient,
} from '../support/help-desk-play.ts'
import { saveJourney, scripted } from '../support/prepared-folder.ts'
import { logLines, startPrepared } from '../support/prepared-server.ts'
import { asking, audited } from '../support/rest.ts'
import type { TestServer } from '../support/start-server.ts'
import { type ReceivedSpan, startTraceReceiver, type TraceReceiver } from '../support/trace-receiver.ts'
import { answerStep, startJourney, stepOf } from '../support/wire.ts'

const incoming = { trace: '0af7651916cd43dd8448eb211c80319c', span: 'b7ad6b7169203331' }
const correlationId = 'one-id-everywhere-1'

let collector: TraceReceiver
let server: TestServer
/** Texts that must not be exported. */
const secrets: string[] = []
let transaction: string
let entries: Record<string, unknown>[]
let spans: ReceivedSpan[]

const startTraced = (endpoint: string) =>
  startPrepared(
    async (stores) => {
      const source = `httpClient.send('http://${collector.host}/hidden?token=s3cret', {}); action.goTo('true')`
      await saveJourney(stores, 'CallsOutside', {
        call: await scripted(stores, 'Calls outside', source, { true: 'success' }),
      })
    },
    {
      traces: { endpoint, sampler: 'parentbased_always_on', share: 1 },
      httpAllow: [collector.host],
    },
  )

/** The traced activity happens once; spans are sent when the server stops at the latest. */
beforeAll(async () => {
  collector = await startTraceReceiver()
  server = await startTraced(`http://${collector.host}`)
  await asking(server.url, await signInAsAdministrator(server.url))(
    '/realms/root/realms/alpha/realm-config/help-desk/receivers?_action=create',
    { method: 'POST', body: { url: `http://${collector.host}/checks?token=s3cret`, events: ['approved'] } },
  )
  await verifyCaller()
  await startJourney(server.url, 'CallsOutside', {
    headers: {
      traceparent: `00-${incoming.trace}-${incoming.span}-01`,
      'x-forgerock-transactionid': correlationId,
    },
  })
  const ask = asking(server.url, await signInAsAdministrator(server.url))
  entries = await audited(ask)
  await server.stop()
  spans = collector.spans()
})
afterAll(() => collector.stop())

async function verifyCaller(): Promise<void> {
  const dana = await agentSignsIn(server.url)
  const { page, id } = await deskOpens(server.url, dana)
  const feed = await agentWatches(server.url, page)
  await feed.first(1)
  const opened = await callerOpens(server.url, id)
  const signedIn = await callerEnters(server.url, opened)
  await feed.closed
  await agentWaits(server.url, await answerStep(server.url, page, [], patient))
  transaction = id
  secrets.push(dana, id, caller.password, 'Dana-Pass-2026', stepOf(page).authId, stepOf(opened).authId)
  secrets.push(String(signedIn.body.tokenId), caller.mail, caller.userName, 's3cret', '/hidden')
}

const named = (name: string) => spans.filter((span) => span.name === name)
const parentOf = (span: ReceivedSpan) => spans.find(({ spanId }) => spanId === span.parentSpanId)

/** The names from a span up to its request. */
function ancestry(span: ReceivedSpan): string[] {
  const parent = parentOf(span)
  return [span.name, ...(parent === undefined ? [] : ancestry(parent))]
}

const callOfScript = () =>
  named(`call ${collector.host}`).find(({ about }) => about['http.request.method'] === 'GET')

const request = 'POST /am/json/@/:realmPath/authenticate'

test('the steps of agent and caller have the hash of their transaction', () => {
  const steps = named('journey step').filter(
    ({ about }) => about['sidegate.transaction.hash'] === digest(transaction),
  )
  expect(new Set(steps.map(({ about }) => about['sidegate.journey']))).toEqual(
    new Set(['HelpDesk', 'VerifyCaller']),
  )
  // Agent and caller sent requests of their own.
  expect(new Set(steps.map(({ traceId }) => traceId)).size).toBe(steps.length)
})

test('the work for a request is below it: step, node, script, call, reads and saves', () => {
  const [script] = named('script').filter(({ about }) => about['sidegate.script.name'] === 'Calls outside')
  expect(script && ancestry(script)).toEqual(['script', 'node ScriptedDecisionNode', 'journey step', request])
  const call = callOfScript()
  expect(call && ancestry(call)).toEqual([`call ${collector.host}`, ...ancestry(script as ReceivedSpan)])
  expect(call?.about).toMatchObject({ 'http.request.method': 'GET', 'http.response.status_code': 200 })
  const saves = named('save').map(ancestry)
  expect(saves).toContainEqual(['save', 'journey step', request])
  expect(spans.some(({ name }) => name === 'select transactions')).toBe(true)
  const [node] = named('node ScriptedDecisionNode').slice(-1)
  expect(node?.about).toMatchObject({ 'sidegate.node.name': 'call', 'sidegate.node.outcome': 'true' })
})

test('a request continues its incoming trace and passes it on to the server that a script calls', () => {
  const [first] = spans.filter(({ about }) => about['sidegate.correlation_id'] === correlationId)
  expect(first).toMatchObject({ traceId: incoming.trace })
  const top = spans.find(({ parentSpanId }) => parentSpanId === incoming.span)
  expect(top).toMatchObject({ name: request, traceId: incoming.trace })
  const call = callOfScript()
  const calls = collector.calls.filter((headers) => headers['x-forgerock-transactionid'] === correlationId)
  expect(calls).toHaveLength(1)
  expect(calls[0]).toMatchObject({
    traceparent: `00-${incoming.trace}-${call?.spanId}-01`,
    'x-forgerock-transactionid': correlationId,
  })
})

test('a webhook delivery has its own trace with the hash of its transaction', () => {
  const [outgoing] = named('outgoing call')
  expect(outgoing?.about).toMatchObject({
    'sidegate.transaction.hash': digest(transaction),
    'sidegate.verdict': 'made',
  })
  const call = named(`call ${collector.host}`).find(({ traceId }) => traceId === outgoing?.traceId)
  expect(call && ancestry(call)).toEqual([`call ${collector.host}`, 'outgoing call'])
  const traceparent = `00-${outgoing?.traceId}-${call?.spanId}-01`
  expect(collector.calls.filter((headers) => headers.traceparent === traceparent)).toHaveLength(1)
})

test('log, audit book and trace have the same id for a request', () => {
  const lines = logLines(server).filter((line) => line.correlationId === correlationId)
  const messages = lines.map(({ msg }) => msg)
  expect(messages).toEqual(expect.arrayContaining(['node', 'request']))
  const kept = entries.filter((entry) => entry.correlationId === correlationId)
  expect(kept.map(({ eventName }) => eventName)).toContain('AM-TREE-LOGIN-COMPLETED')
  const traced = spans.filter(({ about }) => about['sidegate.correlation_id'] === correlationId)
  expect(traced.map(({ name }) => name).toSorted()).toEqual([request, 'journey step'].toSorted())
  // Every request line has an id.
  const withoutId = logLines(server).filter(({ msg, correlationId: id }) => msg === 'request' && !id)
  expect(withoutId).toEqual([])
})

test('exported spans contain no password, token, authId, transaction id or username', () => {
  const text = collector.exported()
  expect(text.length).toBeGreaterThan(10_000)
  expect(secrets.every((secret) => secret.length > 3)).toBe(true)
  for (const secret of secrets) expect(text).not.toContain(secret)
})

test('an unreachable collector doesn’t affect requests and is logged', async () => {
  // The exporter repeats until then.
  vi.stubEnv('OTEL_EXPORTER_OTLP_TIMEOUT', '500')
  onTestFinished(() => void vi.unstubAllEnvs())
  const away = await startTraced('http://127.0.0.1:9')
  expect((await startJourney(away.url, 'Login')).status).toBe(200)
  await away.stop()
  const failures = () => logLines(away).filter(({ msg }) => msg === 'exporting spans failed')
  await expect.poll(failures).not.toEqual([])
})
