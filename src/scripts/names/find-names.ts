import type { ScriptKind, ScriptNames } from './names-of-a-script.ts'

/** Finds names in a script. Loads the parser on first use: a server that only runs journeys needs none. */
export async function findNames(source: string, kind: ScriptKind): Promise<ScriptNames> {
  const { scriptNames } = await import('./script-names.ts')
  return scriptNames(source, kind)
}
