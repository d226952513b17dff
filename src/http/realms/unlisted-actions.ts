import { normalized } from '../../attributes/fold.ts'
import type { RealmSettings } from '../../realms/realm.ts'
import { invalidAttribute } from '../configuration-resource.ts'

type Settings = Pick<RealmSettings['helpDesk'], 'actions' | 'policies'>

/**
 * Refuses a policy for an action that the realm doesn't list, because it would protect nothing. Those that were stored before stay
 * valid, so that other settings can be changed.
 * @param parent the attribute with the settings, if they are a part of the body.
 * @throws RequestError 400 with the path of each such action.
 */
export function refuseUnlistedActions(before: Settings, after: Settings, parent?: 'helpDesk'): void {
  const known = new Set(unlisted(before).map(({ action }) => action))
  const added = unlisted(after).filter(({ action }) => !known.has(action))
  if (added.length === 0) return
  const path = parent === undefined ? '' : `${parent}.`
  const detail = added.map(({ member }) => [`${path}${member}`, 'must be one of the actions'])
  throw invalidAttribute(parent ?? 'policies', Object.fromEntries(detail))
}

function unlisted({ actions, policies }: Settings): { action: string; member: string }[] {
  const listed = new Set(actions.map(normalized))
  return policies
    .flatMap((policy, at) =>
      policy.actions.map((action, index) => ({
        action: normalized(action),
        member: `policies.${at}.actions.${index}`,
      })),
    )
    .filter(({ action }) => !listed.has(action))
}
