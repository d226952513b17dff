/** Where a file of `frodo config export -A` belongs. */
type FrodoPlace = {
  scope: 'global' | 'realm'
  realm?: string
  /** Its path below the folder of the realm, or of everything global. */
  file: string
}

/** Files are named after their kind: `realm/root-alpha/journey/Login.journey.json`. */
const inGlobal = /(?:^|\/)global\/([A-Za-z0-9.]+\/.+\.[A-Za-z0-9]+\.json)$/
const inRealm = /(?:^|\/)realm\/([^/]+)\/([A-Za-z0-9.]+\/.+\.[A-Za-z0-9]+\.json)$/

/** Reads the place from the path; undefined for other files. */
export function frodoPlace(path: string): FrodoPlace | undefined {
  const [, realm, ofRealm] = inRealm.exec(path) ?? []
  if (realm !== undefined && ofRealm !== undefined) return { scope: 'realm', realm, file: ofRealm }
  const [, file] = inGlobal.exec(path) ?? []
  return file === undefined ? undefined : { scope: 'global', file }
}
