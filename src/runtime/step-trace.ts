import type { Action } from '../engine/action.ts'
import type { Journey, NodeSettings } from '../engine/journey.ts'
import type { FrozenJourney } from '../journeys/revisions.ts'
import { digest } from '../secrets/digest.ts'
import type { About } from '../telemetry/traces/tracing.ts'
import type { AuthenticateRequest } from './authenticate-request.ts'
import type { RunContext } from './ports/run-context.ts'
import type { SavedRun } from './saved-run.ts'
import type { StoredJourneySession } from './step-store.ts'

/** A step, as far as traces tell of it. */
type Traced = {
  request: Pick<AuthenticateRequest, 'realm' | 'correlationId'>
  frozen: FrozenJourney
  stored: Pick<StoredJourneySession, 'step'>
}

/** What a trace tells of a step. */
export function aboutStep({ request, frozen, stored }: Traced): About {
  return {
    'sidegate.realm': request.realm.path,
    'sidegate.journey': frozen.content.root,
    'sidegate.step': stored.step + 1,
    'sidegate.correlation_id': request.correlationId,
  }
}

/**
 * Names the transaction that a step opened, waits for or completes by the hash that logs have, too: so agent and caller
 * are found together. The id itself is a secret.
 */
export function transactionOf(
  { transactionHash, effects }: Pick<RunContext, 'transactionHash' | 'effects'>,
  { watching }: Pick<SavedRun, 'watching'>,
): About {
  const opened = effects.transactions.find(({ kind }) => kind === 'create')
  const openedHash = opened?.kind === 'create' ? opened.transaction.idHash : undefined
  const watchedHash = watching === undefined ? undefined : digest(watching.transaction)
  const hash = transactionHash ?? openedHash ?? watchedHash
  return hash === undefined ? {} : { 'sidegate.transaction.hash': hash }
}

/** What a trace tells of a node: what an administrator named, and nothing of its state. */
export function aboutNode({ name }: Pick<Journey, 'name'>, id: string, node: NodeSettings): About {
  return {
    'sidegate.journey': name,
    'sidegate.node.id': id,
    'sidegate.node.type': node.type,
    'sidegate.node.name': node.displayName,
  }
}

/** What became of it. */
export function aboutAction(action: Action): About {
  if (action.kind === 'goTo')
    return { 'sidegate.node.result': 'outcome', 'sidegate.node.outcome': action.outcome }
  return { 'sidegate.node.result': action.kind }
}
