import { defined } from '../base/defined.ts'
import type { JsonObject } from '../base/json.ts'
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
import { accessTokens, oidcClaims } from './bindings/oauth.ts'
import type { ScriptContext } from './script-contexts.ts'

const nextGenerationOf: Readonly<Record<ScriptContext['as'], readonly Bindings[]>> = {
  decision: [nextGenerationDecision, libraries, applications, outcomeVariable],
  config: [libraries, configVariable],
  deviceMatch: [nextGenerationDecision, deviceProfiles, libraries, outcomeVariable],
  customNode: [nextGenerationDecision, customNode, outcomeVariable],
  transformation: [libraries, profiles],
  accessToken: [libraries, accessTokens],
  claims: [libraries, oidcClaims],
  library: [libraries, library],
}

const legacyOf: Readonly<Record<ScriptContext['as'], readonly Bindings[]>> = {
  decision: [legacyState, legacyDecision, outcomeVariable],
  config: [configVariable],
  deviceMatch: [legacyState, legacyDecision, deviceProfiles, outcomeVariable],
  customNode: [],
  transformation: [legacyState, profiles],
  accessToken: [accessTokens],
  claims: [oidcClaims],
  library: [],
}

/** The bindings of a script by name. `src/sandbox/binding-reference.test.ts` compares them with the sandbox. */
export function bindingsOf(as: ScriptContext['as'], evaluatorVersion: string): Bindings {
  const isLegacy = evaluatorVersion.startsWith('1')
  const own = isLegacy ? [legacy, ...legacyOf[as]] : [nextGeneration, ...nextGenerationOf[as]]
  return Object.assign({}, everyScript, ...own)
}

/** The types that members of bindings return, by name. */
export function typesOf(evaluatorVersion: string): Bindings {
  return evaluatorVersion.startsWith('1') ? { ...nextGenerationTypes, ...legacyTypes } : nextGenerationTypes
}

/** Bindings in the form of the REST resource. */
export function toBindingList(bindings: Bindings): JsonObject[] {
  return Object.entries(bindings).map(([name, { kind, help, members, signature }]) => ({
    name,
    kind,
    help,
    ...defined({ signature }),
    ...(members === undefined ? {} : { members: membersOf(members) }),
  }))
}

export type Member = { name: string; signature: string; help: string; answers?: string }

/** Parses the signatures of a binding's members. */
export function membersOf(members: NonNullable<Binding['members']>): Member[] {
  return Object.entries(members).map(([key, help]) => {
    const [signature = '', answers] = key.split(' → ')
    const [name = ''] = signature.split('(')
    return { name, signature, help, ...defined({ answers }) }
  })
}
