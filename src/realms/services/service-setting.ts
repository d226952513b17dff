import { isDeepStrictEqual } from 'node:util'
import type { z } from 'zod'
import { isJsonObject, type JsonObject } from '../../base/json.ts'
import type { RealmSettings } from '../realm.ts'
import { problemIn, type TenantSetting } from '../tenant/tenant-setting.ts'
import { authenticationService } from './authentication.ts'
import { merged, type RealmService } from './realm-service.ts'

/** Members of every document of a service that are no attributes. */
const frame: ReadonlySet<string> = new Set(['_id', '_rev', '_type', 'location', 'nextDescendents'])

/** A document of a service in files, with the mapping of its resource. */
export function serviceSetting(service: RealmService): TenantSetting {
  const shownIn = (settings: RealmSettings) => (service.showAll ?? service.show)(settings)
  return {
    id: `service.${service.id}`,
    title: service.id === authenticationService.id ? 'Authentication settings' : service.name,
    apply(settings, document) {
      const applied = service.apply(settings, attributesOf(document))
      if ('settings' in applied) return { settings: applied.settings, ignored: [] }
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
      return { ...applied, ignored: [words] }
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
  return Object.fromEntries(Object.entries(document).filter(([name]) => !frame.has(name)))
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
  const sections = Object.entries(now).flatMap(([name, value]): [string, JsonObject[string]][] => {
    const old = before[name]
    if (isDeepStrictEqual(old, value)) return []
    if (!isJsonObject(old) || !isJsonObject(value)) return [[name, value]]
    const members = Object.entries(value).filter(([member, one]) => !isDeepStrictEqual(old[member], one))
    return [[name, Object.fromEntries(members)]]
  })
  return Object.fromEntries(sections)
}
