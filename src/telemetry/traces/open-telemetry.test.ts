import { afterEach, beforeEach, expect, test } from 'vitest'
import { startTraceReceiver, type TraceReceiver } from '../../../test/support/trace-receiver.ts'
import { openTelemetry } from './open-telemetry.ts'
import { startTracing } from './start-tracing.ts'
import type { SamplerName, Tracing } from './tracing.ts'

const sampled = { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' }

let receiver: TraceReceiver
let lost: number
beforeEach(async () => {
  lost = 0
  receiver = await startTraceReceiver()
})
afterEach(() => receiver.stop())

function traced(sampler: SamplerName = 'always_on', share = 1): Tracing {
  return openTelemetry({ endpoint: `http://${receiver.host}/`, sampler, share }, (spans) => {
    lost += spans
  })
}

/** Runs `work` as part of a request. */
function within<Value>(tracing: Tracing, headers: object, work: () => Promise<Value>): Promise<Value> {
  const request = tracing.request({ ...headers }, 'request', {})
  return new Promise<Value>((resolve, reject) => {
    request.within(() => void work().then(resolve, reject))
  }).finally(() => request.end(false))
}

const names = () => receiver.spans().map(({ name }) => name)

test.each<[SamplerName, share: number, headers: object, recorded: boolean]>([
  ['always_on', 1, {}, true],
  ['always_off', 1, sampled, false],
  ['traceidratio', 0, sampled, false],
  ['traceidratio', 1, {}, true],
  ['parentbased_always_on', 1, {}, true],
  ['parentbased_always_off', 1, {}, false],
  ['parentbased_always_off', 1, sampled, true],
  ['parentbased_traceidratio', 0, {}, false],
  ['parentbased_traceidratio', 0, sampled, true],
])(
  '%s with a share of %d and the headers %o: recorded is %s',
  async (sampler, share, headers, isRecorded) => {
    const tracing = traced(sampler, share)
    await within(tracing, headers, async () => undefined)
    await tracing.close()
    expect(names()).toEqual(isRecorded ? ['request'] : [])
    expect(lost).toBe(0)
  },
)

test('records neither background work nor work that outlives its request', async () => {
  const tracing = traced()
  await tracing.span('before', {}, async () => undefined)
  const { promise: over, resolve: end } = Promise.withResolvers<void>()
  let later: Promise<unknown> | undefined
  await within(tracing, {}, async () => {
    later = over.then(() => tracing.span('after', {}, async () => tracing.propagationHeaders()))
    await tracing.span('inside', {}, async () => undefined)
  })
  end()
  expect(await later).toEqual({})
  await tracing.close()
  expect(names().toSorted()).toEqual(['inside', 'request'])
})

test('a root span is a separate trace, even when a request starts it', async () => {
  const tracing = traced()
  await within(tracing, {}, () =>
    tracing.rootSpan('root', { tries: 2 }, async (span) => {
      span.setAttributes({ verdict: 'made' })
      await tracing.span('part', {}, async () => undefined)
    }),
  )
  await tracing.close()
  const [root, part, request] = ['root', 'part', 'request'].map((name) =>
    receiver.spans().find((span) => span.name === name),
  )
  expect(root).toMatchObject({ about: { tries: 2, verdict: 'made' } })
  expect(root?.parentSpanId).toBeFalsy()
  expect(root?.traceId).not.toBe(request?.traceId)
  expect(part).toMatchObject({ traceId: root?.traceId, parentSpanId: root?.spanId })
})

test('records the name of an error and rethrows it', async () => {
  const tracing = traced()
  const failing = within(tracing, {}, () =>
    tracing.span('failing', { tries: 1 }, async () => {
      throw new TypeError('the password was hunter2')
    }),
  )
  await expect(failing).rejects.toThrow('hunter2')
  await tracing.close()
  const [span] = receiver.spans().filter(({ name }) => name === 'failing')
  expect(span).toMatchObject({ about: { tries: 1, 'error.type': 'TypeError' }, status: { code: 2 } })
  expect(receiver.exported()).not.toContain('hunter2')
})

test('two servers in one process keep separate traces', async () => {
  const [one, other] = [traced(), traced()]
  await within(one, {}, () => other.span('of another', {}, async () => undefined))
  await Promise.all([one.close(), other.close()])
  expect(names()).toEqual(['request'])
})

test('without an endpoint nothing is recorded, and the work still runs', async () => {
  const tracing = await startTracing(undefined, () => undefined)
  expect(tracing.isOn).toBe(false)
  expect(await tracing.span('work', {}, async () => tracing.propagationHeaders())).toEqual({})
  expect(await tracing.rootSpan('work', {}, async () => tracing.propagationHeaders())).toEqual({})
})
