import type { RecordedStep } from '../../src/engine/recorded-step.ts'
import type { Bundle } from '../../src/journeys/exchange/bundle.ts'
import { membersOf, referencesOf } from '../../src/journeys/exchange/references.ts'

/** A script or custom node type of an export, named after the first export that contains it. */
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

/** Each script once, ignoring differences in white space. */
export function distinct(scripts: readonly ExportedScript[]): ExportedScript[] {
  return [...new Map(scripts.toReversed().map((script) => [script.source, script])).values()].toReversed()
}

function spaceless(source: string): string {
  return source.replace(/\s+/g, ' ').trim()
}

/** Finds out from recorded walks which scripts of the journeys ran to an intended end. */
export class ScriptsThatRan {
  /** Sources by kind and id. */
  readonly #sources = new Map<string, string>()
  /** Sources by the id of a node that runs them. */
  readonly #byNode = new Map<string, string[]>()
  /** Sources that transform the profile of an identity provider, by its name. */
  readonly #byProvider = new Map<string, string>()
  readonly #ran = new Set<string>()

  /** Records which nodes of a bundle run which scripts, including scripts of earlier bundles. */
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

  /** Records the scripts that ran in these steps. */
  note(steps: readonly RecordedStep[]): void {
    for (const step of steps.filter(isIntended)) {
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

/** Neither an error nor an error outcome. */
function isIntended({ result, outcome = '' }: RecordedStep): boolean {
  return result !== 'error' && !['CONFIGURATION_FAILED', 'Script Error'].includes(outcome)
}
