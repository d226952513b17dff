import { isJsonObject, type Json } from '../../base/json.ts'
import { isBuiltIn } from '../../scripts/built-in/built-in-scripts.ts'
import type { Script } from '../../scripts/script.ts'
import type { ConfigurationChange } from '../configuration-store.ts'
import type { JourneyDocument, NodeDocument } from '../journey-document.ts'
import { type Bundle, documentKinds } from './bundle.ts'
import { missingFor } from './missing.ts'
import { librariesOf, type Member, membersOf, type Reference, referencesOf } from './references.ts'

/**
 * Journeys of a realm with everything that they need to run elsewhere. Things that are missing in the realm become
 * findings.
 *
 * @param follow whether to include inner journeys, and journeys that transactions start.
 */
export function closureOf(
  names: readonly string[],
  realm: ConfigurationChange,
  follow: 'inner journeys' | 'no journeys',
): Bundle {
  return closureOfThings(
    names.map((id) => ({ kind: 'journey', id })),
    realm,
    follow,
  )
}

/** Like {@link closureOf}, for things of any kind. */
export function closureOfThings(
  things: readonly Reference[],
  realm: ConfigurationChange,
  follow: 'inner journeys' | 'no journeys',
): Bundle {
  const closure = new Closure(realm, follow === 'inner journeys')
  for (const thing of things) closure.add(thing)
  return closure.bundle()
}

class Closure {
  readonly #realm: ConfigurationChange
  readonly #follow: boolean
  readonly #journeys: ReadonlyMap<string, JourneyDocument>
  readonly #nodes: ReadonlyMap<string, NodeDocument>
  readonly #scripts: ReadonlyMap<string, Script>
  /** References to follow. A list instead of recursion, because chains of journeys can be long. */
  readonly #open: Reference[] = []
  /** Objects of the closure. */
  readonly #taken = new Set<object>()

  constructor(realm: ConfigurationChange, follow: boolean) {
    this.#realm = realm
    this.#follow = follow
    this.#journeys = new Map(realm.journeys.map((journey) => [journey._id, journey]))
    this.#nodes = new Map(realm.nodes.map((node) => [node.id, node]))
    this.#scripts = new Map(realm.scripts.map((script) => [script.id, script]))
  }

  /** Adds the target of a reference, and everything that it refers to. */
  add(reference: Reference): void {
    this.#open.push(reference)
    for (let next = this.#open.shift(); next !== undefined; next = this.#open.shift()) this.#take(next)
  }

  #take({ kind, id }: Reference): void {
    const { scripts, customNodeTypes, documents } = this.#realm
    if (kind === 'journey') this.#takeJourney(this.#journeys.get(id))
    else if (kind === 'script') this.#takeScript(this.#scripts.get(id))
    else if (kind === 'library') this.#takeScript(scripts.find(isLibrary(id)))
    else if (kind === 'customNodeType') {
      const type = customNodeTypes.find(({ serviceName }) => serviceName === id)
      if (this.#isNew(type)) this.#addSource(type.script)
    } else {
      const found = documents.find((one) => one.kind === kind && (one.id === id || one.document.name === id))
      if (this.#isNew(found)) this.#addValues(found.document)
    }
  }

  bundle(): Bundle {
    const taken = <Thing extends object>(things: readonly Thing[]) =>
      things.filter((one) => this.#taken.has(one))
    const documents = taken(this.#realm.documents).flatMap(({ kind, id, document }) => {
      const known = documentKinds.safeParse(kind)
      return known.success ? [{ kind: known.data, id, document }] : []
    })
    const bundle: Bundle = {
      journeys: taken(this.#realm.journeys),
      nodes: taken(this.#realm.nodes),
      scripts: taken(this.#realm.scripts).filter((script) => !isBuiltIn(script)),
      customNodeTypes: taken(this.#realm.customNodeTypes),
      documents,
      findings: [],
    }
    return { ...bundle, findings: missingFor(bundle, this.#realm, bundle) }
  }

  /** Adds a thing. @returns false for undefined, and for a thing that was added before. */
  #isNew<Thing extends object>(thing: Thing | undefined): thing is Thing {
    if (thing === undefined || this.#taken.has(thing)) return false
    this.#taken.add(thing)
    return true
  }

  #takeJourney(journey: JourneyDocument | undefined): void {
    if (!this.#isNew(journey)) return
    for (const member of membersOf(journey, this.#nodes)) this.#addMember(member)
    this.#open.push(...this.#themesOf(journey))
  }

  /** Themes refer to their journeys. */
  #themesOf({ _id }: JourneyDocument): Reference[] {
    return this.#realm.documents.flatMap(({ kind, id, document: { linkedTrees } }) =>
      kind === 'theme' && Array.isArray(linkedTrees) && linkedTrees.includes(_id) ? [{ kind, id }] : [],
    )
  }

  #takeScript(script: Script | undefined): void {
    if (this.#isNew(script)) this.#addSource(script.source)
  }

  #addMember(member: Member): void {
    if (this.#isNew(member.settings)) this.#addValues(member.settings.config)
    const references = [...referencesOf(member), ...this.#implicitReferences(member)]
    for (const reference of references) {
      if (reference.kind !== 'journey' || this.#follow) this.#open.push(reference)
    }
  }

  /** Some nodes use everything of a kind in the realm. */
  #implicitReferences({ type, settings }: Member): Reference[] {
    const isSocial = /^(SelectIdP|SocialProviderHandler)Node/.test(type)
    const chooses =
      Array.isArray(settings?.config.filteredProviders) && settings.config.filteredProviders.length > 0
    const kinds: Reference['kind'][] = [
      ...(isSocial && !chooses ? (['socialIdentityProvider'] as const) : []),
      ...(type === 'product-Saml2Node' ? (['saml2Entity', 'circleOfTrust'] as const) : []),
    ]
    return kinds.flatMap((kind) =>
      this.#realm.documents.filter((one) => one.kind === kind).map(({ id }) => ({ kind, id })),
    )
  }

  /** A setting whose value is the id of a script refers to it, whatever its name. */
  #addValues(value: Json): void {
    if (typeof value === 'string') {
      if (this.#scripts.has(value)) this.#open.push({ kind: 'script', id: value })
      this.#addVariables(value)
    } else if (Array.isArray(value)) for (const one of value) this.#addValues(one)
    else if (isJsonObject(value)) for (const one of Object.values(value)) this.#addValues(one)
  }

  #addSource(source: string): void {
    this.#open.push(...librariesOf(source), ...this.#librariesNamedIn(source), ...this.#templatesOf(source))
    this.#addVariables(source)
  }

  /** A script may require libraries whose names are in variables. */
  #librariesNamedIn(source: string): Reference[] {
    if (!/\brequire\b(?!\s*\(\s*["'])/.test(source)) return []
    return this.#realm.scripts.flatMap(({ name, context }) =>
      context === 'LIBRARY' && hasLiteral(source, name) ? [{ kind: 'library', id: name }] : [],
    )
  }

  /** A script that sends email contains the names of templates as literals. */
  #templatesOf(source: string): Reference[] {
    if (!source.includes('external/email')) return []
    return this.#realm.documents.flatMap(({ kind, id }) =>
      kind === 'emailTemplate' && hasLiteral(source, id) ? [{ kind, id }] : [],
    )
  }

  /** Settings and scripts refer to the variable `esv-name` as `esv.name`. */
  #addVariables(text: string): void {
    for (const [name] of text.matchAll(/\besv[.-][\w.-]*\w/g)) {
      this.#open.push({ kind: 'variable', id: name.replaceAll('.', '-') })
    }
  }
}

/** Whether a source contains this text as a literal. */
function hasLiteral(source: string, text: string): boolean {
  return source.includes(`'${text}'`) || source.includes(`"${text}"`)
}

function isLibrary(named: string): (script: Script) => boolean {
  return ({ name, context }) => name === named && context === 'LIBRARY'
}
