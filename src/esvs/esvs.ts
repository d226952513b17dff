import type { Awaitable } from '../base/work.ts'
import type { EsvLookup, EsvValue } from '../engine/placeholders.ts'
import type { RingSealer } from '../secrets/key-ring.ts'
import { reservedVariable, variableOf } from '../secrets/secret-labels.ts'
import { type EsvSecret, type EsvVariable, isFor } from './esv.ts'
import type { EsvStore } from './esv-store.ts'

/** Maximum time until a change by another server is seen if its wake-up is lost. */
const freshMs = 1000

export type EsvSources = {
  store: Pick<EsvStore, 'all'>
  sealer: Pick<RingSealer, 'open'>
  /** Variables of the process. Stored ones with the same name win, unless `environmentWins`. */
  environment: Readonly<Record<string, string | undefined>>
  environmentWins?: boolean | undefined
  now(): number
  /** Whether other servers write to the same database. */
  isShared: boolean
}

type Known = { kind: 'variable'; esv: EsvVariable } | { kind: 'secret'; esv: EsvSecret; sealed: string }

/** The variables and secrets that are in force, for settings, scripts and nodes. */
export class Esvs {
  readonly #from: EsvSources
  #known: ReadonlyMap<string, Known> = new Map()
  #opened = new Map<string, string>()
  #read = ''
  #readAt = Number.NEGATIVE_INFINITY
  #reading: Promise<void> | undefined

  constructor(from: EsvSources) {
    this.#from = from
  }

  /** Reads what is stored. Called at the start and after every change. */
  async refresh(): Promise<void> {
    const readAt = this.#from.now()
    const { variables, secrets, active } = await this.#from.store.all()
    this.#readAt = readAt
    const read = JSON.stringify([variables, secrets, active])
    if (read === this.#read) return
    this.#read = read
    const sealedOf = new Map(active.map(({ secretId, sealed }) => [secretId, sealed]))
    this.#known = new Map<string, Known>([
      ...variables.map((esv) => [esv.name, { kind: 'variable', esv }] as const),
      ...secrets.map(
        (esv) => [esv.name, { kind: 'secret', esv, sealed: sealedOf.get(esv.id) ?? '' }] as const,
      ),
    ])
    this.#opened = new Map()
  }

  /** Another object after each change. */
  get state(): object {
    return this.#known
  }

  /** Reads again what other servers may have changed. Immediate if this server is the only one. */
  fresh(): Awaitable<void> {
    const { isShared, now } = this.#from
    if (!isShared || now() - this.#readAt < freshMs) return undefined
    this.#reading ??= this.refresh().finally(() => {
      this.#reading = undefined
    })
    return this.#reading
  }

  /** After another server changed one. */
  invalidate(): void {
    this.#readAt = Number.NEGATIVE_INFINITY
  }

  /** What placeholders and `systemEnv` of a realm can read. Secrets of scripts and directories are not among it. */
  inRealm(realm: string): EsvLookup {
    return (name) => {
      const variable = variableOf(name.replace(/^esv[.-]/i, ''))
      // rule S36: otherwise placeholders and scripts read secrets of directories and of scripts
      if (variable === undefined || reservedVariable.test(variable)) return undefined
      const known = this.#stored(variable)
      if (known === undefined) return this.#ofProcess(variable)
      if (!isFor(known.esv, realm)) return undefined
      if (known.kind === 'variable') return variableValue(known.esv)
      // rule S36: otherwise placeholders read secrets that are not for placeholders
      return known.esv.useInPlaceholders
        ? { text: this.#open(known), type: undefined, isVariable: false }
        : undefined
    }
  }

  /** A secret by its label, such as `my.key`, in one realm. @returns undefined for an empty one, too. */
  labelled(realm: string, label: string): string | undefined {
    const variable = variableOf(label)
    if (variable === undefined) return undefined
    const known = this.#stored(variable)
    if (known === undefined) return this.#ofProcess(variable)?.text || undefined
    if (!isFor(known.esv, realm)) return undefined
    return (known.kind === 'variable' ? known.esv.value : this.#open(known)) || undefined
  }

  /** Names of the variables of the process, sorted. The values are not listed. */
  processNames(): { name: string; inPlaceholders: boolean }[] {
    return Object.keys(this.#from.environment)
      .filter((name) => /^ESV_[A-Z0-9_]+$/.test(name))
      .toSorted()
      .map((name) => ({ name, inPlaceholders: !reservedVariable.test(name) }))
  }

  #stored(variable: string): Known | undefined {
    const { environment, environmentWins } = this.#from
    return environmentWins && Object.hasOwn(environment, variable) ? undefined : this.#known.get(variable)
  }

  #ofProcess(variable: string): EsvValue | undefined {
    const { environment } = this.#from
    const text = Object.hasOwn(environment, variable) ? environment[variable] : undefined
    return text === undefined ? undefined : { text, type: undefined, isVariable: false }
  }

  #open({ esv, sealed }: Extract<Known, { kind: 'secret' }>): string {
    const known = this.#opened.get(esv.name)
    if (known !== undefined) return known
    const text = sealed === '' ? '' : this.#from.sealer.open(sealed)
    this.#opened.set(esv.name, text)
    return text
  }
}

/** A value of the type that the variable declares. */
function variableValue({ value, expressionType }: EsvVariable): EsvValue {
  return { text: value, type: expressionType, isVariable: true }
}
