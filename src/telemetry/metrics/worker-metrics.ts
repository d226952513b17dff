import cluster, { type Worker } from 'node:cluster'
import { AggregatorRegistry, type MetricObjectWithValues, type MetricValue, type Registry } from 'prom-client'
import { z } from 'zod'
import { OperationError } from '../../base/errors.ts'

type Counted = MetricObjectWithValues<MetricValue<string>>[]

/**
 * Time that a worker waits for the metrics of the others, in milliseconds. A killed worker does not respond. Prometheus waits
 * ten seconds by default.
 */
const timeoutMs = 5000

/**
 * Messages between the workers and the primary process. One worker sends `wanted`; the primary sends `asked` to all workers
 * and passes their `counted` answers on, after `expected`, which says how many to wait for.
 */
const messageSchema = z.discriminatedUnion('metrics', [
  z.object({ metrics: z.literal('wanted'), question: z.string() }),
  z.object({ metrics: z.literal('asked'), question: z.string() }),
  // The sender runs the same version, so the type holds.
  z.object({
    metrics: z.literal('counted'),
    question: z.string(),
    counted: z.custom<Counted>(Array.isArray),
  }),
  z.object({ metrics: z.literal('expected'), question: z.string(), answers: z.number() }),
])

type Message = z.infer<typeof messageSchema>

/** Runs in the primary process: passes requests for metrics and their answers between workers. */
export function passOnMetrics(): void {
  const serving = new Set<Worker>()
  cluster.on('listening', (worker) => serving.add(worker))
  cluster.on('exit', (worker) => serving.delete(worker))
  cluster.on('message', (_worker, received: unknown) => {
    const message = messageSchema.safeParse(received).data
    if (message?.metrics === 'wanted') askAll(message.question, serving)
    if (message?.metrics === 'counted') reply(message.question, message)
  })
}

/** Asks the workers that serve requests. A worker that is still starting has no counts, and may answer late. */
function askAll(question: string, serving: ReadonlySet<Worker>): void {
  const asked = [...serving].filter((worker) => worker.isConnected())
  reply(question, { metrics: 'expected', question, answers: asked.length })
  for (const worker of asked) worker.send({ metrics: 'asked', question } satisfies Message)
}

/** Sends to the requesting worker, whose id is the first part of the question. */
function reply(question: string, message: Message): void {
  const worker = cluster.workers?.[question.split('.', 1)[0] ?? '']
  if (worker?.isConnected()) worker.send(message)
}

/**
 * Returns a reader for the metrics of all workers. They share one port, so a client can't choose the worker that answers.
 *
 * @param prepare called before each read of this process's metrics.
 * @returns a function that resolves to the text, and rejects with an OperationError if other workers don't answer.
 */
export function metricsOfAll(registry: Registry, prepare: () => void): () => Promise<string> {
  const own = () => {
    prepare()
    return registry
  }
  const { worker } = cluster
  if (worker === undefined) return () => own().metrics()
  const open = new Map<string, (message: Message) => void>()
  process.on('message', (received) => {
    const message = messageSchema.safeParse(received).data
    if (message === undefined) return
    const { question } = message
    if (message.metrics === 'asked') void answer(own(), question)
    else open.get(question)?.(message)
  })
  let questions = 0
  return async () => {
    const question = `${worker.id}.${++questions}`
    const gathered = gather((receive) => open.set(question, receive))
    process.send?.({ metrics: 'wanted', question } satisfies Message)
    try {
      return await AggregatorRegistry.aggregate(await gathered).metrics()
    } finally {
      open.delete(question)
    }
  }
}

async function answer(registry: Registry, question: string): Promise<void> {
  // The library's type says one metric, but it returns a list.
  const all = (await registry.getMetricsAsJSON()) as Counted
  // Percentiles of several workers can't be added.
  const counted = all.map(({ values, ...metric }) => ({
    ...metric,
    values: values.filter(({ labels }) => labels.quantile === undefined),
  }))
  process.send?.({ metrics: 'counted', question, counted } satisfies Message)
}

function gather(listen: (receive: (message: Message) => void) => void): Promise<Counted[]> {
  const { promise, resolve, reject } = Promise.withResolvers<Counted[]>()
  const counted: Counted[] = []
  let expected = Number.POSITIVE_INFINITY
  const timer = setTimeout(
    () => reject(new OperationError('The other workers did not send their metrics in time: try again')),
    timeoutMs,
  )
  listen((message) => {
    if (message.metrics === 'expected') expected = message.answers
    if (message.metrics === 'counted') counted.push(message.counted)
    if (counted.length >= expected) resolve(counted)
  })
  return promise.finally(() => clearTimeout(timer))
}
