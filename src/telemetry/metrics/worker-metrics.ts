import cluster from 'node:cluster'
import { AggregatorRegistry, type MetricObjectWithValues, type MetricValue, type Registry } from 'prom-client'
import { z } from 'zod'
import { OperationError } from '../../errors.ts'

type Counted = MetricObjectWithValues<MetricValue<string>>[]

/** How long a worker waits for what the others count, in milliseconds. One that is being replaced does not answer. */
const patienceMs = 2000

/** The process of the workers hears a question of one, asks all of them, and hands on what each answers. */
const messageSchema = z.discriminatedUnion('metrics', [
  z.object({ metrics: z.literal('wanted'), question: z.string() }),
  z.object({ metrics: z.literal('asked'), question: z.string() }),
  // Counted by a program like this one.
  z.object({
    metrics: z.literal('counted'),
    question: z.string(),
    counted: z.custom<Counted>(Array.isArray),
  }),
  z.object({ metrics: z.literal('expected'), question: z.string(), answers: z.number() }),
])

type Message = z.infer<typeof messageSchema>

/** In the process that started the workers: carries questions and answers between them. */
export function passOnMetrics(): void {
  cluster.on('message', (_worker, said: unknown) => {
    const message = messageSchema.safeParse(said).data
    if (message?.metrics === 'wanted') askAll(message.question)
    if (message?.metrics === 'counted') tell(message.question, message)
  })
}

function askAll(question: string): void {
  const asked = Object.values(cluster.workers ?? {}).filter((worker) => worker?.isConnected())
  tell(question, { metrics: 'expected', question, answers: asked.length })
  for (const worker of asked) worker?.send({ metrics: 'asked', question } satisfies Message)
}

/** Questions begin with the number of the worker that has them. */
function tell(question: string, message: Message): void {
  const worker = cluster.workers?.[question.split('.', 1)[0] ?? '']
  if (worker?.isConnected()) worker.send(message)
}

/**
 * What a process tells: as one of several workers behind one port, what all of them count, as nobody can choose the worker
 * that answers.
 *
 * @param prepare done before this process tells. @returns the text. Rejects with an OperationError when the others do not answer.
 */
export function metricsOfAll(registry: Registry, prepare: () => void): () => Promise<string> {
  const own = () => {
    prepare()
    return registry
  }
  const { worker } = cluster
  if (worker === undefined) return () => own().metrics()
  const open = new Map<string, (message: Message) => void>()
  process.on('message', (said) => {
    const message = messageSchema.safeParse(said).data
    if (message === undefined) return
    const { question } = message
    if (message.metrics === 'asked') void answer(own(), question)
    else open.get(question)?.(message)
  })
  let questions = 0
  return async () => {
    const question = `${worker.id}.${++questions}`
    const gathered = gather((hear) => open.set(question, hear))
    process.send?.({ metrics: 'wanted', question } satisfies Message)
    try {
      return await AggregatorRegistry.aggregate(await gathered).metrics()
    } finally {
      open.delete(question)
    }
  }
}

async function answer(registry: Registry, question: string): Promise<void> {
  // Its types speak of one metric where there is a list of them.
  const all = (await registry.getMetricsAsJSON()) as Counted
  // Counts add up, percentiles do not.
  const counted = all.map(({ values, ...metric }) => ({
    ...metric,
    values: values.filter(({ labels }) => labels.quantile === undefined),
  }))
  process.send?.({ metrics: 'counted', question, counted } satisfies Message)
}

function gather(listen: (hear: (message: Message) => void) => void): Promise<Counted[]> {
  const { promise, resolve, reject } = Promise.withResolvers<Counted[]>()
  const counted: Counted[] = []
  let expected = Number.POSITIVE_INFINITY
  const timer = setTimeout(() => reject(new OperationError('the other workers do not answer')), patienceMs)
  listen((message) => {
    if (message.metrics === 'expected') expected = message.answers
    if (message.metrics === 'counted') counted.push(message.counted)
    if (counted.length >= expected) resolve(counted)
  })
  return promise.finally(() => clearTimeout(timer))
}
