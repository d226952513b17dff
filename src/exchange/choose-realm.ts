import { type Finding, finding } from './finding.ts'
import type { Piece } from './piece.ts'

/** What is read of the files. `realms` are those that they are from, where they are from several. */
type Chosen = { pieces: readonly Piece[]; findings: Finding[]; realms?: string[] }

/** Of an export with several realms, what belongs to the one asked for and to none; of one realm, everything. */
export function chooseRealm(pieces: readonly Piece[], wanted: string): Chosen {
  const realms = [...new Set(pieces.flatMap(({ realm }) => (realm === undefined ? [] : [plain(realm)])))]
  const asked = plain(wanted)
  const [only] = realms
  if (realms.length <= 1) {
    const isOther = only !== undefined && only !== asked
    return { pieces, findings: isOther ? [finding('note', `The files are of realm ${only}`)] : [] }
  }
  const chosen = pieces.filter(({ realm }) => realm === undefined || plain(realm) === asked)
  const others = realms.filter((realm) => realm !== asked)
  const note = realms.includes(asked)
    ? `The files hold realm ${others.join(', ')} too, which is not imported`
    : `The files hold nothing of realm ${asked}, but of ${others.join(', ')}`
  return { pieces: chosen, findings: [finding('note', note)], realms: realms.toSorted() }
}

function plain(realm: string): string {
  const name = realm.replace(/^\/+|\/+$/g, '')
  return name === '' || name === 'root' ? '/' : name
}
