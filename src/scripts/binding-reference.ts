import type { JsonObject } from '../engine/json.ts'
import type { Binding, Bindings } from './bindings/binding.ts'
import { configVariable, everyScript, outcomeVariable, profiles } from './bindings/every-script.ts'
import { legacy, legacyDecision, legacyState, legacyTypes } from './bindings/legacy.ts'
import {
  applications,
  customNode,
  deviceProfiles,
  libraries,
  library,
  nextGeneration,
  nextGenerationDecision,
  nextGenerationTypes,
} from './bindings/next-generation.ts'
import type { ScriptContext } from './script-contexts.ts'

const nextGenerationOf: Readonly<Record<ScriptContext['as'], readonly Bindings[]>> = {
  decision: [nextGenerationDecision, libraries, applications, outcomeVariable],
  config: [libraries, configVariable],
  deviceMatch: [nextGenerationDecision, deviceProfiles, libraries, outcomeVariable],
  customNode: [nextGenerationDecision, customNode, outcomeVariable],
  transformation: [libraries, profiles],
  library: [libraries, library],
}

const legacyOf: Readonly<Record<ScriptContext['as'], readonly Bindings[]>> = {
  decision: [legacyState, legacyDecision, outcomeVariable],
  config: [configVariable],
  deviceMatch: [legacyState, legacyDecision, deviceProfiles, outcomeVariable],
  customNode: [],
  transformation: [legacyState, profiles],
  library: [],
}

/** What a script finds and may set, by name. `src/sandbox/binding-reference.test.ts` holds it against the sandbox. */
export function bindingsOf(as: ScriptContext['as'], evaluatorVersion: string): Bindings {
  const isLegacy = evaluatorVersion.startsWith('1')
  const own = isLegacy ? [legacy, ...legacyOf[as]] : [nextGeneration, ...nextGenerationOf[as]]
  return Object.assign({}, everyScript, ...own)
}

/** What members of bindings answer that is no binding itself, by name. */
export function typesOf(evaluatorVersion: string): Bindings {
  return evaluatorVersion.startsWith('1') ? { ...nextGenerationTypes, ...legacyTypes } : nextGenerationTypes
}

/** Bindings as the wire has them. */
export function shownBindings(bindings: Bindings): JsonObject[] {
  return Object.entries(bindings).map(([name, { kind, help, members, signature }]) => ({
    name,
    kind,
    help,
    ...(signature === undefined ? {} : { signature }),
    ...(members === undefined ? {} : { members: membersOf(members) }),
  }))
}

/** A member of a binding. */
export type Member = { name: string; signature: string; help: string; answers?: string }

/** The members of a binding, read from their signatures. */
export function membersOf(members: NonNullable<Binding['members']>): Member[] {
  return Object.entries(members).map(([key, help]) => {
    const [signature = '', answers] = key.split(' → ')
    const [name = ''] = signature.split('(')
    return { name, signature, help, ...(answers === undefined ? {} : { answers }) }
  })
}
