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
    // rule S04: otherwise an administrator adds sample people although a proxy forwards requests for a host of a realm
    ...allowedHosts,
    // rule S04: otherwise an administrator adds sample people although links of a realm lead to another host
    ...(linkBaseUrl === '' ? [] : [new URL(linkBaseUrl).host]),
  ])
  // rule S04: otherwise an administrator adds sample people through a proxy that forwards any name
  return [headers.host, ...ofRealms].some((host) => !isTrustedHost(undefined, host))
}
