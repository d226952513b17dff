import { type EsvLookup, esvText, PlaceholderError } from '../../engine/placeholders.ts'
import { HostCallError } from '../script-engine.ts'

/** Answers `systemEnv.getProperty` for names that start with `esv.`. */
export type SystemEnv = (name: string) => string | null

/**
 * Reads variables and secrets for scripts: `esv.my.name` is the stored `esv-my-name`, or the environment variable `ESV_MY_NAME`.
 * Only names with the `esv.` prefix are looked up, so that scripts never see the server's own settings.
 */
export function systemEnv(lookup: EsvLookup): SystemEnv {
  return (name) => {
    // rule R5: otherwise scripts read every variable of the environment
    if (!/^esv[.-]/.test(name) || lookup(name) === undefined) return null
    try {
      return esvText(name, lookup)
    } catch (error) {
      throw error instanceof PlaceholderError ? new HostCallError(error.message, 400) : error
    }
  }
}
