import { variableOf } from './secret-labels.ts'

const prefix = 'ESV_DIRECTORY_'

/** The secret's name, the last part of its label. It has no separators, so that labels are unambiguous. */
const nameForm = /^[A-Z0-9]+$/

/**
 * The part of a secret label that names a realm: `alpha` for `/alpha`, `alpha--staff` for `/alpha/staff`, `root` for `/`.
 *
 * Labels map to environment variables, which have no case and no separator but `_`. Every other character is therefore
 * written as its code, such as `-x41-` for A, so that two realms never share a variable.
 */
function realmPart(path: string): string {
  if (path === '/') return 'root'
  return (
    path
      .slice(1)
      // rule S06: otherwise two realms share a variable
      .replace(/[^a-z0-9]/g, (char) => (char === '/' ? '--' : `-x${char.charCodeAt(0).toString(16)}-`))
  )
}

/** The label of a secret of a realm's directory, such as `directory.alpha.bind`. */
export function directoryLabel(path: string, name = 'bind'): string {
  return `directory.${realmPart(path)}.${name}`
}

/** Whether a label names a secret of this realm's directory: `directory.<realm>.<name>`. */
export function isDirectoryLabelOf(path: string, label: string): boolean {
  const variable = variableOf(label)
  const own = variableOf(directoryLabel(path, ''))
  if (variable === undefined || own === undefined || !variable.startsWith(own)) return false
  return nameForm.test(variable.slice(own.length))
}

/**
 * Whether a label may belong to another realm. Legacy labels without a realm, such as `directory.bind`, stay valid as long
 * as they name no other realm.
 */
export function namesOtherRealm(path: string, label: string, others: readonly string[]): boolean {
  const variable = variableOf(label)
  if (variable === undefined || !variable.startsWith(prefix)) return true
  return others.some((other) => {
    if (other === path) return false
    const own = variableOf(directoryLabel(other, '')) ?? ''
    return variable === own.slice(0, -1) || isDirectoryLabelOf(other, label)
  })
}
