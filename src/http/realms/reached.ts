import type { RealmStore } from '../../realms/realm-store.ts'
import { isTrustedHost } from '../guards/trusted-host.ts'
import type { Call } from '../route.ts'

/**
 * Whether others than this machine reach the server, although its own settings don't say so: a proxy on this machine forwards
 * requests for the hosts of realms, or for any name.
 */
export async function isReachedByOthers(
  realms: Pick<RealmStore, 'all'>,
  { headers }: Pick<Call, 'headers'>,
): Promise<boolean> {
  const ofRealms = (await realms.all()).flatMap(({ settings: { allowedHosts, linkBaseUrl } }) => [
    ...allowedHosts,
    ...(linkBaseUrl === '' ? [] : [new URL(linkBaseUrl).host]),
  ])
  return [headers.host, ...ofRealms].some((host) => !isTrustedHost(undefined, host))
}
