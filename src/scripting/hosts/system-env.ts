/** Answers `systemEnv.getProperty` for names that start with `esv.`. */
export type SystemEnv = (name: string) => string | null

/**
 * Reads settings for scripts: `esv.my.name` is the environment variable `ESV_MY_NAME`.
 *
 * Only names with the `esv.` prefix are looked up, so that a script never sees the server's own settings.
 * @param values environment variables, or a map under either spelling
 */
export function createSystemEnv(
  values: Readonly<Record<string, string | undefined>> = process.env,
): SystemEnv {
  return (name) => {
    if (!/^esv[.-]/.test(name)) return null
    const variable = name.toUpperCase().replace(/[.-]/g, '_')
    const own = [name, variable].find((spelling) => Object.hasOwn(values, spelling))
    return (own === undefined ? undefined : values[own]) ?? null
  }
}
