import { runWork, type Work, waitFor } from '../base/work.ts'
import type { Action } from '../engine/action.ts'
import type { Journey, NodeSettings } from '../engine/journey.ts'
import { digest } from '../secrets/digest.ts'
import { noSpan, type Span, type SpanAttributes, type Tracing } from '../telemetry/traces/tracing.ts'
import type { IncomingStep, RunContext } from './run-context.ts'
import type { SavedRun } from './saved-run.ts'

/** Runs work in a span if traces are recorded. */
export function inSpan<Value>(
  tracing: Tracing,
  name: string,
  about: () => SpanAttributes,
  work: (span: Span) => Work<Value>,
): Work<Value> {
  if (!tracing.isOn) return work(noSpan)
  return waitFor(tracing.span(name, about(), async (span) => runWork(work(span))))
}

/** Attributes of a step's span. */
export function stepAttributes({ request, frozen, stored }: IncomingStep): SpanAttributes {
  return {
    'sidegate.realm': request.realm.path,
    'sidegate.journey': frozen.content.root,
    'sidegate.step': stored.step + 1,
    'sidegate.correlation_id': request.correlationId,
  }
}

/**
 * The hash of the transaction that a step opened, waits for or completes. Logs use the same hash, so a search finds the
 * agent's and the caller's steps together. The id itself is a secret.
 */
export function transactionAttributes(
  { step, effects }: RunContext,
  { watching }: Pick<SavedRun, 'watching'>,
): SpanAttributes {
  const opened = effects.transactions.find(({ kind }) => kind === 'create')
  const openedHash = opened?.kind === 'create' ? opened.transaction.idHash : undefined
  const watchedHash = watching === undefined ? undefined : digest(watching.transaction)
  const hash = step.transactionHash ?? openedHash ?? watchedHash
  return hash === undefined ? {} : { 'sidegate.transaction.hash': hash }
}

/** Attributes of a node's span: names that an administrator chose, and no state. */
export function nodeAttributes(
  { name }: Pick<Journey, 'name'>,
  id: string,
  node: NodeSettings,
): SpanAttributes {
  return {
    'sidegate.journey': name,
    'sidegate.node.id': id,
    'sidegate.node.type': node.type,
    'sidegate.node.name': node.displayName,
  }
}

export function actionAttributes(action: Action): SpanAttributes {
  if (action.kind === 'goTo')
    return { 'sidegate.node.result': 'outcome', 'sidegate.node.outcome': action.outcome }
  return { 'sidegate.node.result': action.kind }
}
