import { z } from 'zod'
import { nothingChosen } from '../base/nothing-chosen.ts'
import { setting } from './client-setting.ts'

const plugin = setting(z.string().default('PROVIDER'))

const script = setting(z.string().default(nothingChosen))

/** The scripts that a client uses instead of the realm's. Other members are kept. */
export const clientScriptsSchema = z.looseObject({
  providerOverridesEnabled: setting(z.boolean().default(false)),
  accessTokenModificationPluginType: plugin,
  accessTokenModificationScript: script,
  oidcClaimsPluginType: plugin,
  oidcClaimsScript: script,
  issueRefreshToken: setting(z.boolean().default(true)),
})

type ClientScripts = z.infer<typeof clientScriptsSchema>

/** @returns the client's own scripts. Missing: the realm's script applies. Empty: none. */
export function clientScripts(settings: ClientScripts): {
  access_token_script?: string
  claims_script?: string
} {
  if (!settings.providerOverridesEnabled) return {}
  const { accessTokenModificationPluginType: tokens, oidcClaimsPluginType: claims } = settings
  return {
    ...(tokens === 'PROVIDER' ? {} : { access_token_script: idOf(settings.accessTokenModificationScript) }),
    ...(claims === 'PROVIDER' ? {} : { claims_script: idOf(settings.oidcClaimsScript) }),
  }
}

function idOf(named: string): string {
  return named === nothingChosen ? '' : named
}

/** Plugins in Java are not run. */
export function faultOfPlugins(settings: ClientScripts): string | undefined {
  if (!settings.providerOverridesEnabled) return undefined
  const types = [settings.accessTokenModificationPluginType, settings.oidcClaimsPluginType]
  return types.every((type) => type === 'PROVIDER' || type === 'SCRIPTED')
    ? undefined
    : 'plugin types are PROVIDER or SCRIPTED; Java plugins are not run'
}
