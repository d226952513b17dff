import type { DirectoryPort, RadiusPort } from '../../nodes/ports/outside-ports.ts'
import type { IdentityPort } from '../../nodes/ports/ports.ts'
import { guessOriginOf, type RunContext } from '../run-context.ts'
import { guardedByAddress, reportAttack } from './address-guard.ts'

/**
 * People as nodes see them. Password checks are limited by address, except in a browser that is known to the person: there,
 * wrong passwords from the same address don't count.
 */
export function identityPort(run: RunContext): IdentityPort {
  const { identities } = run.effects
  return {
    ...identities,
    async findByAttribute(attribute, value) {
      const found = await identities.findByAttribute(attribute, value)
      const chosen = found.filter(({ _id }) => _id === run.step.saved.chosenPerson)
      // rule S20: otherwise of two people who share an address, neither can be checked
      return found.length > 1 && chosen.length === 1 ? chosen : found
    },
    async checkPassword(nameOrId, password, kind) {
      const check = () => identities.checkPassword(nameOrId, password, kind)
      const isKnown = await isKnownBrowser(run, nameOrId)
      // rule S12: otherwise an attacker in the same office can block the whole office
      const verdict = await (isKnown ? check() : guardedByAddress(run, check))
      if (verdict.kind !== 'right' && verdict.isAlarm) await reportAttack(run, nameOrId)
      return verdict
    },
  }
}

/** Directories that a node names, with checks limited by address. */
export function directoryPort(run: RunContext): DirectoryPort {
  const { directories } = run.world.services
  return {
    check: (directory, username, password) =>
      guardedByAddress(run, () => directories.check(directory, username, password)),
    changePassword: (directory, username, change) =>
      guardedByAddress(run, () => directories.changePassword(directory, username, change)),
    holdsCertificate: directories.holdsCertificate,
  }
}

/**
 * RADIUS servers, with checks limited by address. A step that runs again after a concurrent update keeps their verdicts: they
 * accept a one-time code once.
 */
export function radiusPort(run: RunContext): RadiusPort {
  const { request, radiusVerdicts: known } = run.step
  const radius = run.world.services.radius(request.realm.path)
  return {
    // rule S59: otherwise an address guesses passwords at RADIUS servers without end
    check: (...asked) =>
      guardedByAddress(run, async () => {
        const question = JSON.stringify(asked)
        const verdict = known.get(question) ?? (await radius.check(...asked))
        // rule S59: otherwise a one-time code is used up twice, so the person is refused
        known.set(question, verdict)
        return verdict
      }),
  }
}

async function isKnownBrowser(run: RunContext, nameOrId: string): Promise<boolean> {
  const { world, step } = run
  const origin = guessOriginOf(world, step)
  if (!origin.hasBrowserCookie) return false
  const person = await run.effects.identities.find(nameOrId)
  if (person === undefined) return false
  const { realm } = step.request
  const guess = { realm: realm.path, owner: person._id, factor: 'password', origin } as const
  return (await world.guesses.placeOf(guess, realm.settings.lockout)).isKnown
}
