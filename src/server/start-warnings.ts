import type { Logger } from 'pino'
import { isWeakAlone } from '../attributes/common-passwords.ts'
import type { IdentityStore } from '../people/identity-store.ts'
import type { Passwords } from '../people/passwords/passwords.ts'
import type { RealmStore } from '../realms/realm-store.ts'
import { directoryLabel, isDirectoryLabelOf, namesOtherRealm } from '../secrets/directory-labels.ts'
import { samplePeople } from '../starters/sample-people.ts'

type Parts = {
  realms: Pick<RealmStore, 'all'>
  identities: Pick<IdentityStore, 'byUserName'>
  passwords: Pick<Passwords, 'verify'>
  log: Logger
  /** From the environment. */
  adminPassword: string | undefined
}

/** Warns about unsafe stored configuration. Runs after the server listens, so that requests don't wait. */
export async function warnAtStart({
  realms,
  identities,
  passwords,
  log,
  adminPassword,
}: Parts): Promise<void> {
  warnOfAdminPassword(adminPassword, log)
  try {
    await warnOfLabels(realms, log)
    // rule S04: otherwise nothing warns of sample people with their published passwords
    await warnOfSamplePasswords({ realms, identities, passwords }, log)
  } catch (error) {
    log.error({ err: error }, 'checking for unsafe settings failed')
  }
}

/** Only a warning, because an update must not stop a running installation. */
function warnOfAdminPassword(password: string | undefined, log: Logger): void {
  if (password === undefined || !isWeakAlone(password)) return
  log.warn('SIDEGATE_ADMIN_PASSWORD is easy to guess: use 15 characters or more and no common password')
}

/** Finds secret labels from versions in which labels did not name their realm. */
async function warnOfLabels(realms: Parts['realms'], log: Logger): Promise<void> {
  const all = await realms.all()
  const paths = all.map(({ path }) => path)
  for (const { path, settings } of all) {
    const { bindSecret } = settings.directory
    if (bindSecret === '' || isDirectoryLabelOf(path, bindSecret)) continue
    const state = namesOtherRealm(path, bindSecret, paths)
      ? 'the secret of a directory belongs to another realm and is not used'
      : 'the secret of a directory does not name its realm and is still used'
    log.warn({ realm: path, label: bindSecret, use: directoryLabel(path) }, `${state}, rename it`)
  }
}

async function warnOfSamplePasswords(
  from: Pick<Parts, 'realms' | 'identities' | 'passwords'>,
  log: Logger,
): Promise<void> {
  const person = await withPublishedPassword(from)
  if (person === undefined) return
  log.warn(
    { ...person },
    'a sample person still has the published password: change it, or delete the sample people',
  )
}

/**
 * A sample person who still has the published password. Stops at the first, because checking a password costs as much as a
 * sign-in. Any realm may have the sample people.
 */
export async function withPublishedPassword({
  realms,
  identities,
  passwords,
}: Pick<Parts, 'realms' | 'identities' | 'passwords'>): Promise<
  { realm: string; person: string } | undefined
> {
  const people = samplePeople()
  for (const { path } of await realms.all()) {
    for (const { userName, password } of people) {
      const person = await identities.byUserName(path, userName)
      if (person?.isActive !== true || person.passwordHash === undefined) continue
      if (await passwords.verify(person.passwordHash, password)) return { realm: path, person: userName }
    }
  }
  return undefined
}
