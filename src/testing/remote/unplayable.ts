import type { Bundle } from '../../journeys/exchange/bundle.ts'
import { closureOf } from '../../journeys/exchange/closure.ts'
import type { EffectiveWalk } from '../effective-walk.ts'
import { journeysOf } from '../project/check-names.ts'
import type { WalkFile } from '../walk-file.ts'
import { type Reason, reasons } from './reasons.ts'

type Given = {
  file: WalkFile
  walk: EffectiveWalk
  /** Whether the people of the walk are created on the server. */
  isProvisioned: boolean
  /** Variables that have a value. */
  environment: Readonly<Record<string, string | undefined>>
  bundle: Bundle
}

/** Why a walk can't be played on a running server; undefined if it can. */
export function unplayable(given: Given): Reason | undefined {
  const { file, walk } = given
  if (walk.skip !== undefined) return reasons.skipped
  if (file.script !== undefined) return reasons.script
  if (Object.keys(walk.stub ?? {}).length > 0) return reasons.stubs
  if ((walk.http ?? []).length > 0) return reasons.mocks
  if (Object.keys(walk.esv ?? {}).length > 0) return reasons.esv
  if (Object.keys(walk.realm ?? {}).length > 0) return reasons.realm
  if (walk.at !== undefined) return reasons.at
  if (needsTransaction(walk)) return reasons.transaction
  if (given.isProvisioned && renamesPerson(walk)) return reasons.renamed
  return given.isProvisioned && namesPerson(given) ? reasons.named : unknownPeople(given)
}

/** Whether a node of the journeys works with a person of the file, who has another name on the server. */
function namesPerson({ file, walk, bundle }: Given): boolean {
  const { nodes } = closureOf(journeysOf(file, walk, walk.parties), bundle, 'inner journeys')
  const settings = JSON.stringify(nodes.map(({ config }) => config))
  return Object.keys(file.people ?? {}).some((name) => settings.includes(JSON.stringify(name)))
}

/** People who are created have names and addresses that no other person has. They must keep these, to be found and removed. */
function renamesPerson({ steps }: EffectiveWalk): boolean {
  return steps.some(
    (step) =>
      step.kind === 'update' &&
      Object.values(step.update).some(
        (update) =>
          update !== 'deleted' && Object.keys(update).some((name) => /^(userName|mail)$/i.test(name)),
      ),
  )
}

/** Links and codes of another party, which the player knows only inside. */
function needsTransaction({ parties = {}, steps }: EffectiveWalk): boolean {
  const used = new Set(placeholdersIn(steps))
  return (
    Object.values(parties).some(({ transactionOf }) => transactionOf !== undefined) ||
    steps.some((step) => step.kind === 'action' && step.action.opens === 'link') ||
    Object.keys(parties).some((party) =>
      ['link', 'code', 'reverseCode'].some((value) => used.has(`${party}.${value}`)),
    )
  )
}

function unknownPeople({ file, walk, isProvisioned, environment }: Given): Reason | undefined {
  const used = new Set(placeholdersIn([walk.steps, walk.headers, walk.query, walk.parties]))
  for (const [name, person] of Object.entries(mentionedPeople(file, walk))) {
    const { password, authenticatorApp, roles = [], kind, createdAgo } = person
    if (authenticatorApp === true || used.has(`${name}.totp`)) return reasons.app
    if (isProvisioned && (roles.length > 0 || kind !== undefined || createdAgo !== undefined)) {
      return reasons.roles
    }
    if (!isProvisioned && used.has(`${name}.password`) && !isKnown(password, environment)) {
      return reasons.password
    }
  }
  return undefined
}

/** The people that a walk names, by name or by an attribute such as their address. */
export function mentionedPeople(
  { people = {} }: WalkFile,
  walk: EffectiveWalk,
): NonNullable<WalkFile['people']> {
  const { steps, headers, query, parties, people: changes } = walk
  const texts = JSON.stringify([steps, headers, query, parties, changes])
  const isMentioned = ([name, person]: readonly [string, object]) =>
    [name, ...Object.values(person)].some((value) => typeof value === 'string' && texts.includes(value))
  return Object.fromEntries(Object.entries(people).filter(isMentioned))
}

/** The names in `${…}`. */
function placeholdersIn(value: unknown): string[] {
  return [...JSON.stringify(value).matchAll(/\$\{([^{}]+)\}/g)].map(([, name = '']) => name.trim())
}

function isKnown(password: string | undefined, environment: Given['environment']): boolean {
  if (password === undefined) return false
  return placeholdersIn(password)
    .filter((name) => name.startsWith('secret:'))
    .every((name) => (environment[name.slice('secret:'.length)] ?? '') !== '')
}
