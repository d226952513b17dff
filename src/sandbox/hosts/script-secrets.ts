import { HostCallError } from '../script-engine.ts'

/** Answers `secrets.*` of scripts. @throws HostCallError for a secret that doesn't exist or isn't for scripts. */
export type ScriptSecrets = (id: string) => string

/**
 * Reads secrets for scripts: `scripted.node.my.key` is the environment variable `ESV_SCRIPTED_NODE_MY_KEY`.
 * @param values environment variables, or a map of ids to values.
 */
export function createScriptSecrets(values: Readonly<Record<string, string | undefined>>): ScriptSecrets {
  return (id) =>
    scriptSecret(id, () => {
      const variable = `ESV_${id.toUpperCase().replace(/[.-]/g, '_')}`
      const name = [id, variable].find((spelling) => Object.hasOwn(values, spelling))
      return name === undefined ? undefined : values[name]
    })
}

/** Other ids than those of scripts are never looked up, so that scripts see only secrets that are meant for them. */
export function scriptSecret(id: string, named: (id: string) => string | undefined): string {
  const value = id.startsWith('scripted.node.') ? named(id) : undefined
  if (value === undefined) throw new HostCallError(`Secret id ${id} not accessible`, 404)
  return value
}
