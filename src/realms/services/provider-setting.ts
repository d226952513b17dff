import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts'
import type { RealmSettings } from '../realm.ts'
import type { TenantSetting } from '../tenant/tenant-setting.ts'
import { oauthProviderService } from './oauth-provider.ts'
import { merged } from './realm-service.ts'
import { serviceSetting } from './service-setting.ts'

const setting = serviceSetting(oauthProviderService)

/**
 * The OAuth2 provider in files. Values that are not served here don't keep the others out: clients of the same files would get a
 * laxer realm than the files say. A file never lets strangers register applications.
 */
export const providerSetting: TenantSetting = {
  ...setting,
  apply(settings, document) {
    const whole = setting.apply(settings, document)
    if ('settings' in whole) return closed(settings, whole)
    // rule S63: otherwise a value that is not served keeps the restrictions of a file out
    if (whole.isUnserved !== true) return whole
    const { left, unserved } = split(settings, document)
    const partly = setting.apply(settings, left)
    // Nothing of it is in force, which must not go unnoticed.
    if ('problem' in partly) return { ...whole, isUnserved: false }
    return closed(settings, { ...partly, unserved })
  },
  write: (document, settings) => {
    const { left } = split(settings, document)
    const written = setting.write(left, settings)
    return written === left || written === undefined ? document : merged(document, written)
  },
}

type Part = { settings: RealmSettings; ignored: readonly string[]; unserved?: readonly string[] }

function closed({ oauth: before }: RealmSettings, part: Part): Part {
  const { oauth } = part.settings
  const isOpened = oauth.registration.access === 'open' && before.registration.access !== 'open'
  // rule S63: otherwise a file lets strangers register applications
  if (!isOpened) return part
  const { access } = before.registration
  const settings = { ...part.settings, oauth: { ...oauth, registration: { ...oauth.registration, access } } }
  const words =
    'clientDynamicRegistrationConfig.allowDynamicRegistration: a file opens no registration, so set it in the realm settings'
  return { ...part, settings, ignored: [...part.ignored, words] }
}

/** Separates members that are not served. Of a list, only the values that are not served are left out. */
function split(settings: RealmSettings, document: JsonObject): { left: JsonObject; unserved: string[] } {
  const unserved: string[] = []
  const problemOf = (section: string, member: string, value: Json) => {
    const applied = setting.apply(settings, { [section]: { [member]: value } })
    return 'problem' in applied ? applied.problem : undefined
  }
  const membersOf = (section: string, members: JsonObject) =>
    Object.entries(members).flatMap(([member, value]): [string, Json][] => {
      const problem = problemOf(section, member, value)
      if (problem === undefined) return [[member, value]]
      unserved.push(problem)
      const served = Array.isArray(value)
        ? value.filter((one) => problemOf(section, member, [one]) === undefined)
        : []
      return served.length === 0 ? [] : [[member, served]]
    })
  const sections = Object.entries(document).map(([name, section]): [string, Json] => [
    name,
    isJsonObject(section) ? Object.fromEntries(membersOf(name, section)) : section,
  ])
  return { left: Object.fromEntries(sections), unserved }
}
