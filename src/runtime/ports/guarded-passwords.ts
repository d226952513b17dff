import type { DirectoryPort } from '../../nodes/ports/outside-ports.ts'
import type { IdentityPort } from '../../nodes/ports/ports.ts'
import { guardedByAddress, reportAttack } from './address-guard.ts'
import type { RunContext } from './run-context.ts'

/**
 * People as the nodes of one visit see them: passwords are guarded by address, except on a device that the person
 * signed in from before. There, wrong passwords of others at the same address don't count.
 */
export function identityPort(run: RunContext): IdentityPort {
  const { identities, origin } = run
  return {
    ...identities,
    async findByAttribute(attribute, value) {
      const found = await identities.findByAttribute(attribute, value)
      const chosen = found.filter(({ _id }) => _id === run.chosenPerson)
      return found.length > 1 && chosen.length === 1 ? chosen : found
    },
    async checkPassword(nameOrId, password, kind) {
      const check = () => identities.checkPassword(nameOrId, password, kind)
      const isKnown = origin.hasDevice && (await isKnownDevice(run, nameOrId))
      const verdict = await (isKnown ? check() : guardedByAddress(run, check))
      if (verdict.kind !== 'right' && verdict.isAlarm) await reportAttack(run, nameOrId)
      return verdict
    },
  }
}

/** Directories that a node asks by itself, guarded by address. */
export function directoryPort(run: RunContext, directories: DirectoryPort): DirectoryPort {
  return {
    check: (directory, username, password) =>
      guardedByAddress(run, () => directories.check(directory, username, password)),
    changePassword: (directory, username, change) =>
      guardedByAddress(run, () => directories.changePassword(directory, username, change)),
  }
}

async function isKnownDevice(run: RunContext, nameOrId: string): Promise<boolean> {
  const person = await run.identities.find(nameOrId)
  if (person === undefined) return false
  const { origin, realm } = run
  const guess = { realm: realm.path, owner: person._id, factor: 'password', origin } as const
  return (await run.guesses.placeOf(guess, realm.settings.lockout)).isKnown
}
