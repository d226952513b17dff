import type { RecordedStep } from '../../src/engine/recorded-step.ts'
import type { Bundle } from '../../src/journeys/exchange/bundle.ts'
import { membersOf, referencesOf } from '../../src/journeys/exchange/references.ts'

/** A script or custom node type of an export; one that stands in several is named after the first. */
type ExportedScript = { name: string; source: string }

export function scriptsOf(file: string, { scripts, customNodeTypes }: Bundle): ExportedScript[] {
  return [
    ...scripts.map(({ name, source }) => ({ name: `${file}: ${name}`, source: spaceless(source) })),
    ...customNodeTypes.map(({ displayName, script }) => ({
      name: `${file}: ${displayName}`,
      source: spaceless(script),
    })),
  ]
}

/** Each once, whatever white space it has. */
export function distinct(scripts: readonly ExportedScript[]): ExportedScript[] {
  return [...new Map(scripts.toReversed().map((script) => [script.source, script])).values()].toReversed()
}

function spaceless(source: string): string {
  return source.replace(/\s+/g, ' ').trim()
}

/** Tells by the records of walks which scripts of the journeys walked ran to an end that they meant. */
export class ScriptsThatRan {
  /** Sources by kind and id. */
  readonly #sources = new Map<string, string>()
  /** Sources by the id of a node that runs them. */
  readonly #byNode = new Map<string, string[]>()
  /** Sources that make a profile of what an identity provider tells, by its name. */
  readonly #byProvider = new Map<string, string>()
  readonly #ran = new Set<string>()

  /** Learns which nodes of a bundle run which scripts, those of earlier bundles among them. */
  add({ journeys, nodes, scripts, customNodeTypes, documents }: Bundle): void {
    for (const { id, source } of scripts) this.#sources.set(`script ${id}`, spaceless(source))
    for (const { serviceName, script } of customNodeTypes) {
      this.#sources.set(`customNodeType ${serviceName}`, spaceless(script))
    }
    const byId = new Map(nodes.map((node) => [node.id, node]))
    for (const member of journeys.flatMap((journey) => membersOf(journey, byId))) {
      const named = referencesOf(member).flatMap(({ kind, id }) => this.#sources.get(`${kind} ${id}`) ?? [])
      this.#byNode.set(member.id, [...(this.#byNode.get(member.id) ?? []), ...named])
    }
    for (const { kind, id, document } of documents) {
      const source = this.#sources.get(`script ${document.transform}`)
      if (kind === 'socialIdentityProvider' && source !== undefined) this.#byProvider.set(id, source)
    }
  }

  /** Takes the record of a walk. */
  note(steps: readonly RecordedStep[]): void {
    for (const step of steps.filter(isMeant)) {
      for (const source of this.#byNode.get(step.nodeId) ?? []) this.#ran.add(source)
      const provider = step.reads.find(({ key }) => key === 'selectedIdp')?.value
      const source = this.#byProvider.get(String(provider))
      if (step.nodeType === 'SocialProviderHandlerNode' && step.result === 'outcome' && source !== undefined)
        this.#ran.add(source)
    }
  }

  has({ source }: ExportedScript): boolean {
    return this.#ran.has(source)
  }
}

/** Neither an error nor the outcome for one. */
function isMeant({ result, outcome = '' }: RecordedStep): boolean {
  return result !== 'error' && !['CONFIGURATION_FAILED', 'Script Error'].includes(outcome)
}
