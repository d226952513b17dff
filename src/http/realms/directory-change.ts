import { isDeepStrictEqual } from 'node:util'
import { badRequest, RequestError } from '../../base/errors.ts'
import type { DirectorySettings } from '../../realms/directory-settings.ts'
import type { RealmSettings } from '../../realms/realm.ts'
import { directoryLabel, isDirectoryLabelOf } from '../../secrets/directory-labels.ts'
import type { Call } from '../route.ts'

/** Settings that decide where the bind password is sent and how it is protected. */
function destinationOf({ servers, connection, trustAllServerCertificates, bindSecret }: DirectorySettings) {
  return {
    // rule S06: otherwise a realm administrator names any server with a secret of their realm
    servers,
    connection,
    trustAllServerCertificates,
    bindSecret,
  }
}

/**
 * Protects the bind password of a realm's directory. It comes from the server's environment: realm administrators can use it
 * without being able to read it, so they must not send it to another server.
 * @param settings those that change.
 * @throws RequestError 400 for a label of another realm; 403 for a new destination unless the caller administers the server.
 */
export async function requireDirectoryChange(
  call: Call,
  requested: DirectorySettings,
  settings: Pick<RealmSettings, 'directory'> = call.realm.settings,
): Promise<void> {
  const { path } = call.realm
  const { bindSecret } = requested
  if (bindSecret === '') return
  // rule S06: otherwise a realm's directory can be given the secret of another realm
  if (bindSecret !== settings.directory.bindSecret && !isDirectoryLabelOf(path, bindSecret)) {
    throw badRequest(
      `The secret of this realm's directory must use a label of this realm, such as ${directoryLabel(path)}`,
    )
  }
  if (isDeepStrictEqual(destinationOf(requested), destinationOf(settings.directory))) return
  // rule S06: otherwise a realm administrator sends the bind password to a server of their own
  if ((await call.rights()).may('administrator', '/')) return
  throw new RequestError(
    403,
    'Only server administrators can change the servers, connection or secret of a directory with a secret',
  )
}
