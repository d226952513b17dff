import { HostCallError } from '../script-engine.ts'

/** Answers `secrets.*` of scripts. @throws HostCallError for a secret that doesn't exist or isn't for scripts. */
export type ScriptSecrets = (id: string) => string

/**
 * Reads secrets for scripts: `scripted.node.my.key` is the environment variable `ESV_SCRIPTED_NODE_MY_KEY`.
 * Other ids are never looked up, so that scripts see only secrets that are meant for them.
 * @param values environment variables, or a map of ids to values.
 */
export function createScriptSecrets(values: Readonly<Record<string, string | undefined>>): ScriptSecrets {
  return (id) => {
    const variable = `ESV_${id.toUpperCase().replace(/[.-]/g, '_')}`
    const name = [id, variable].find((spelling) => Object.hasOwn(values, spelling))
    const value = name === undefined || !id.startsWith('scripted.node.') ? undefined : values[name]
    if (value === undefined) throw new HostCallError(`Secret id ${id} not accessible`, 404)
    return value
  }
}
