import { isDeepStrictEqual } from 'node:util'
import type { z } from 'zod'
import { isJsonObject, type JsonObject } from '../../base/json.ts'
import type { RealmSettings } from '../realm.ts'
import { problemIn, type TenantSetting } from '../tenant/tenant-setting.ts'
import { authenticationService } from './authentication.ts'
import { chosenMembers, merged, type RealmService } from './realm-service.ts'

/** Members of every document of a service that are no attributes, besides those with an underscore. */
const frame: ReadonlySet<string> = new Set(['location', 'nextDescendents'])

/**
 * A service as its settings are now, with the members that were kept. A kept member that says the same as the settings in other
 * words stays as it was sent.
 */
export function currentService(service: RealmService, kept: JsonObject, settings: RealmSettings): JsonObject {
  const shown = service.show(settings)
  const sent = chosenMembers(kept, shown, (value) => value !== null)
  const said = service.apply(settings, merged(shown, sent))
  const now = 'error' in said ? shown : differing(service.show(said.settings), shown)
  return merged(merged(kept, shown), merged(sent, now))
}

/** Members to keep of a written document: without a setting here, or with other words for it. */
export function membersToKeep(
  service: RealmService,
  document: JsonObject,
  settings: RealmSettings,
): JsonObject {
  return chosenMembers(
    attributesOf(document),
    service.show(settings),
    (value, shown) => shown === undefined || (value !== null && !isDeepStrictEqual(value, shown)),
  )
}

/** Names the members of a document that have no setting here, in words. None if all have one. */
export function withoutEffect(
  { show, showAll = show }: RealmService,
  document: JsonObject,
  settings: RealmSettings,
): string[] {
  const shown = showAll(settings)
  const kept = chosenMembers(attributesOf(document), shown, (_value, own) => own === undefined)
  const names = Object.entries(kept).flatMap(([name, value]) =>
    isJsonObject(value) ? Object.keys(value).map((member) => `${name}.${member}`) : [name],
  )
  const written = names.filter((name) => /^[\w.-]+$/.test(name)).join(', ')
  return written === '' ? [] : [`kept without effect here: ${written}`]
}

/** A document of a service in files, with the mapping of its resource. */
export function serviceSetting(service: RealmService): TenantSetting {
  const shownIn = (settings: RealmSettings) => (service.showAll ?? service.show)(settings)
  return {
    id: `service.${service.id}`,
    title: service.id === authenticationService.id ? 'Authentication settings' : service.name,
    apply(settings, document) {
      const applied = service.apply(settings, attributesOf(document))
      if ('settings' in applied)
        return { settings: applied.settings, ignored: withoutEffect(service, document, applied.settings) }
      return { ...problemIn(applied.error), isUnserved: isUnserved(applied.error) }
    },
    write(document, settings) {
      const said = service.apply(settings, attributesOf(document))
      if ('error' in said) return document
      return merged(document, differing(shownIn(said.settings), shownIn(settings)))
    },
  }
}

/**
 * The authentication settings. A default journey that doesn't exist is left out: nobody could sign in.
 * @param journeys that the realm has; undefined: any.
 */
export function authenticationSetting(journeys?: ReadonlySet<string>): TenantSetting {
  const setting = serviceSetting(authenticationService)
  const known = (document: JsonObject, { defaultJourney }: RealmSettings): [JsonObject, string?] => {
    const core = isJsonObject(document.core) ? document.core : {}
    const { orgConfig, ...others } = core
    const isKnown =
      journeys === undefined ||
      typeof orgConfig !== 'string' ||
      orgConfig === defaultJourney ||
      journeys.has(orgConfig)
    return isKnown ? [document] : [{ ...document, core: others }, orgConfig]
  }
  return {
    ...setting,
    apply(settings, document) {
      const [kept, missing] = known(document, settings)
      const applied = setting.apply(settings, kept)
      if (missing === undefined || 'problem' in applied) return applied
      const words = `core.orgConfig: there is no journey '${missing}', so the default journey stays '${settings.defaultJourney}'`
      return { ...applied, ignored: [words, ...applied.ignored] }
    },
    write(document, settings) {
      const [kept, missing] = known(document, settings)
      const written = setting.write(kept, settings) ?? kept
      if (missing === undefined) return written
      const core = isJsonObject(written.core) ? written.core : {}
      return { ...written, core: { ...core, orgConfig: missing } }
    },
  }
}

function attributesOf(document: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(document).filter(([name]) => !name.startsWith('_') && !frame.has(name)),
  )
}

const malformed: ReadonlySet<string> = new Set(['invalid_type', 'invalid_union', 'invalid_key', 'too_small'])

/** Numbers have other limits elsewhere. */
function isMalformed(issue: z.core.$ZodIssue): boolean {
  const isNumber = issue.code === 'too_small' && ['number', 'int'].includes(issue.origin)
  return malformed.has(issue.code) && !isNumber
}

/** Whether a document is valid elsewhere, but has values that only this server doesn't serve. */
export function isUnserved({ issues }: z.ZodError): boolean {
  return !issues.some(isMalformed)
}

/** The members of sections that have other values now. */
function differing(before: JsonObject, now: JsonObject): JsonObject {
  return chosenMembers(now, before, (value, old) => !isDeepStrictEqual(value, old))
}
