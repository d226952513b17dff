import { type Finding, finding } from './finding.ts'
import type { Piece } from './piece.ts'

/** The realm to import into, and the realm of the files to read. */
export type RealmChoice = {
  /** Path of the realm to import into. */
  realm: string
  /** The realm in the files, in any spelling. Undefined: the one named like `realm`, or the only one. */
  from?: string | undefined
}

/** The pieces to read. `realms` lists the realms in the files when there are several. */
type Chosen = { pieces: readonly Piece[]; findings: Finding[]; realms?: string[] }

/** Selects the pieces of one realm, and those that belong to no realm. */
export function chooseRealm(pieces: readonly Piece[], { realm, from }: RealmChoice): Chosen {
  const keys = new Set(pieces.flatMap((piece) => (piece.realm === undefined ? [] : [trimmed(piece.realm)])))
  const [only] = keys
  if (only === undefined) return { pieces, findings: [] }
  const shown = (key: string) => (keys.has(plainRealm(key)) ? key : plainRealm(key))
  const chosen = keyOf(from ?? realm, [...keys])
  if (keys.size === 1 && from === undefined) {
    const note = finding('note', `The files are from realm ${shown(only)}`)
    return { pieces, findings: chosen === undefined ? [note] : [] }
  }
  const realms = [...new Set([...keys].map(shown))].toSorted()
  const several = realms.length > 1 ? { realms } : {}
  if (chosen === undefined) {
    const chosen = plainRealm(from ?? realm)
    const message = `The files contain no realm ${chosen}. Choose one of: ${realms.join(', ')}`
    return { pieces: [], findings: [finding('conflict', message)], ...several }
  }
  const others = realms.filter((one) => one !== shown(chosen))
  const note = finding('note', `The files hold realm ${others.join(', ')} too, which is not imported`)
  return {
    pieces: pieces.filter((piece) => piece.realm === undefined || trimmed(piece.realm) === chosen),
    findings: others.length === 0 ? [] : [note],
    ...several,
  }
}

/** The key of this realm in the files. An exact match takes precedence over frodo's `root-…` form. */
function keyOf(realm: string, keys: readonly string[]): string | undefined {
  const flat = (name: string) => plainRealm(name).replaceAll('/', '-')
  return keys.find((key) => key === trimmed(realm)) ?? keys.find((key) => flat(key) === flat(realm))
}

/** `alpha` for `/alpha`, `root/alpha`, and the `root-alpha` of frodo's full exports; `/` for the root realm. */
function plainRealm(realm: string): string {
  const name = trimmed(realm)
  return name === '' || name === 'root' ? '/' : name.replace(/^root[-/](?=.)/, '')
}

function trimmed(realm: string): string {
  return realm.replace(/^\/+|\/+$/g, '')
}
