/** Answers `systemEnv.getProperty` for names that start with `esv.`. */
export type SystemEnv = (name: string) => string | null

/**
 * Variables that scripts can't read: secrets of scripts, which `secrets` returns as keys, and the server's secrets for
 * directories.
 */
const reserved = /^ESV_(?:SCRIPTED_NODE|DIRECTORY)_/

/**
 * Reads settings for scripts: `esv.my.name` is the environment variable `ESV_MY_NAME`.
 *
 * Only names with the `esv.` prefix are looked up, so that scripts never see the server's own settings.
 * @param values environment variables, or a map in either spelling.
 */
export function createSystemEnv(values: Readonly<Record<string, string | undefined>>): SystemEnv {
  return (name) => {
    if (!/^esv[.-]/.test(name)) return null
    const variable = name.toUpperCase().replace(/[.-]/g, '_')
    if (reserved.test(variable)) return null
    const own = [name, variable].find((spelling) => Object.hasOwn(values, spelling))
    return (own === undefined ? undefined : values[own]) ?? null
  }
}
