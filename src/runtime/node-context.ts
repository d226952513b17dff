import type { Answer } from '../engine/callbacks.ts'
import { type Method, methodsOf } from '../engine/methods.ts'
import type { NodeState } from '../engine/node-state.ts'
import type { NodeContext, NodeLog, RequestView } from '../engine/node-type.ts'
import { type RunContext, resumeUriOf, type Visit } from './run-context.ts'

/** The context of one visit of a node. Getters make what few nodes ask for. */
export class VisitContext<Config> implements NodeContext<Config> {
  readonly #run: RunContext
  readonly #visit: Visit
  readonly config: Config
  readonly random: number
  readonly id: string
  readonly state: NodeState
  readonly answers: readonly Answer[]
  readonly now: number

  constructor(run: RunContext, visit: Visit, config: Config) {
    this.#run = run
    this.#visit = visit
    this.config = config
    this.id = visit.id
    this.state = visit.state
    this.answers = visit.answers
    this.now = run.step.now
    this.random = run.world.random.fraction()
  }

  get type(): string {
    return this.#visit.node.type
  }

  get displayName(): string {
    return this.#visit.node.displayName
  }

  get realm(): string {
    return this.#run.step.request.realm.path
  }

  get journey(): NodeContext<Config>['journey'] {
    const { journey, isInner } = this.#visit
    const { name, identityResource, mustRun, noSession } = journey
    return { name, identityResource, mustRun, noSession, isInner }
  }

  get request(): RequestView {
    return this.#run.step.request.view
  }

  get existingSession(): Readonly<Record<string, string>> | undefined {
    return this.#run.step.saved.existingSession?.properties
  }

  get transaction(): string | undefined {
    return this.#run.step.saved.transaction
  }

  get resumedFromSuspend(): boolean {
    return this.#visit.resumedFromSuspend
  }

  get resumeUri(): string {
    return resumeUriOf(this.#run.step)
  }

  get journeyMinutes(): number {
    const { expiresAt, startedAt } = this.#run.step.stored
    return (expiresAt - startedAt) / 60_000
  }

  get visit(): string {
    return this.#visit.name
  }

  get isWaitOver(): boolean {
    return this.#visit.isWaitOver
  }

  get log(): NodeLog {
    const { journey, node, id } = this.#visit
    const where = { journey: journey.name, nodeId: id, nodeType: node.type }
    const line = (level: keyof NodeLog) => (message: string, cause?: unknown) => {
      this.#run.effects.recorder?.line(level, message)
      this.#run.step.log[level](cause === undefined ? where : { ...where, err: cause }, message)
    }
    return { debug: line('debug'), info: line('info'), warn: line('warn'), error: line('error') }
  }

  /** A function without `this`, because nodes take their context apart. */
  get methods(): NodeContext<Config>['methods'] {
    return () => methodsIn(this.#run, this.#visit)
  }
}

/** A proof counts whether the journey named the person by username or by id. */
async function methodsIn(
  { effects: { identities } }: RunContext,
  { proofs, state }: Visit,
): Promise<readonly Method[]> {
  const name = state.getText('username') ?? ''
  const person = name === '' ? undefined : await identities.find(name)
  return methodsOf(proofs, person === undefined ? [name] : [person._id, person.userName])
}
